/** Dates as people read them, in the zone the policy counts in: the same words as on the server. */

const LAST_SECOND = 253402300799 // the end of the year 9999, the last date the server can write

/**
 * @param {unknown} raw
 * @returns {raw is number} seconds since 1970, whole and before the year 10000
 */
export function isSecond(raw) {
    return Number.isInteger(raw) && Number(raw) >= 0 && Number(raw) <= LAST_SECOND
}

/** @returns {number} now, in seconds since 1970 */
export function seconds() {
    return Math.floor(Date.now() / 1000)
}

/**
 * @param {string} moment  ISO 8601 with an offset
 * @param {string} zone  IANA name, such as `Europe/Amsterdam`
 * @returns {string} for example “Thursday 26 November 2026, 17:00 Europe/Amsterdam”; the last
 *   second of a day is 24:00
 */
export function when(moment, zone) {
    const parts = new Intl.DateTimeFormat("en-GB", {
        weekday: "long",
        day: "numeric",
        month: "long",
        year: "numeric",
        hour: "2-digit",
        minute: "2-digit",
        second: "2-digit",
        hourCycle: "h23",
        timeZone: zone,
    }).formatToParts(new Date(moment))
    /** @param {Intl.DateTimeFormatPartTypes} type */
    const part = (type) => parts.find((one) => one.type === type)?.value ?? ""
    const day = `${part("weekday")} ${part("day")} ${part("month")} ${part("year")}`
    const clock = `${part("hour")}:${part("minute")}`
    const ends = `${clock}:${part("second")}` === "23:59:59" // when promises in days end
    return `${day}, ${ends ? "24:00" : clock} ${zone}`
}

/**
 * @param {string} date  ISO 8601, without a time
 * @returns {string} for example “Sunday 31 January 2027”; what is no date comes back as it is
 */
export function day(date) {
    const at = /^\d{4}-\d\d-\d\d$/.test(date) ? Date.parse(date) : Number.NaN
    if (!Number.isFinite(at)) return date
    const named = new Intl.DateTimeFormat("en-GB", {
        weekday: "long",
        day: "numeric",
        month: "long",
        year: "numeric",
        timeZone: "UTC",
    }).format(at)
    return named.replace(",", "")
}
