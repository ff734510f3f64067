/** When a mail really came: a date, a time and a zone become one moment. */

/** @typedef {{date: string, time: string, zone: string}} Clock  `zone` is an offset, or `HERE` */

export const HERE = "here" // as this machine's clock goes, summer time and all
const OLDEST = 365 * 86400_000 // milliseconds; further back, a date is a slip of the pen
const HOUR = 60
// What clocks go by besides whole hours (IANA time zone database, 2025b), in minutes.
const BROKEN = [-570, -210, 210, 270, 330, 345, 390, 525, 570, 630, 765]
const [WESTMOST, EASTMOST] = [-12, 14]

/** @returns {string[]} every offset that a mail can name, such as `+01:00`, from west to east */
export function offsets() {
    const whole = Array.from({ length: EASTMOST - WESTMOST + 1 }, (_, at) => (WESTMOST + at) * HOUR)
    return [...whole, ...BROKEN].sort((one, other) => one - other).map(written)
}

/**
 * @param {Clock} clock  as the fields of the page give it
 * @param {number} now  milliseconds since 1970
 * @returns {{moment: string, fault: string | null}} ISO 8601 with the offset; empty with a fault
 */
export function momentOf({ date, time, zone }, now) {
    const local = `${date}T${time.slice(0, 5)}`
    const here = new Date(local)
    if (Number.isNaN(here.getTime())) return wrong("Write a date and a time.")
    const moment = `${local}${zone === HERE ? written(-here.getTimezoneOffset()) : zone}`
    const at = Date.parse(moment)
    if (Number.isNaN(at)) return wrong("Choose the zone.")
    if (at > now) return wrong("This lies in the future. Look at the zone, too.")
    if (at < now - OLDEST) return wrong("This is more than a year ago.")
    return { moment, fault: null }
}

/** @param {number} minutes  east of UTC */
function written(minutes) {
    const [hours, rest] = [Math.floor(Math.abs(minutes) / HOUR), Math.abs(minutes) % HOUR]
    const padded = [hours, rest].map((part) => String(part).padStart(2, "0")).join(":")
    return `${minutes < 0 ? "-" : "+"}${padded}`
}

/** @param {string} fault */
function wrong(fault) {
    return { moment: "", fault }
}
