/** Dates as people read them, in the zone the policy counts in: the same words as on the server. */

/**
 * @param {string} moment  ISO 8601 with an offset
 * @param {string} zone  IANA name, such as `Europe/Amsterdam`
 * @returns {string} for example “Thursday 26 November 2026, 17:00 Europe/Amsterdam”
 */
export function when(moment, zone) {
    const parts = new Intl.DateTimeFormat("en-GB", {
        weekday: "long",
        day: "numeric",
        month: "long",
        year: "numeric",
        hour: "2-digit",
        minute: "2-digit",
        hourCycle: "h23",
        timeZone: zone,
    }).formatToParts(new Date(moment))
    /** @param {Intl.DateTimeFormatPartTypes} type */
    const part = (type) => parts.find((one) => one.type === type)?.value ?? ""
    const day = `${part("weekday")} ${part("day")} ${part("month")} ${part("year")}`
    return `${day}, ${part("hour")}:${part("minute")} ${zone}`
}
