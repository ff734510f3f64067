/** How far away a date is, in words that need no arithmetic. */

const HOUR = 3600_000 // milliseconds
const DAY = 24 * HOUR

/**
 * @param {string} due  ISO 8601 with an offset
 * @param {number} now  milliseconds since 1970
 * @returns {string} for example “overdue by 2 days”
 */
export function overdueBy(due, now) {
    return `overdue by ${span(now - Date.parse(due))}`
}

/**
 * @param {string} due  ISO 8601 with an offset
 * @param {number} now  milliseconds since 1970
 * @returns {string} for example “due in 5 hours”
 */
export function dueIn(due, now) {
    return `due in ${span(Date.parse(due) - now)}`
}

/**
 * Only whole units that have passed are said: 47 hours are 1 day, never 2.
 * @param {number} length  milliseconds
 * @returns {string}
 */
function span(length) {
    if (length < HOUR) return "less than an hour"
    return length < DAY ? counted(length / HOUR, "hour") : counted(length / DAY, "day")
}

/** @param {number} amount @param {string} unit */
function counted(amount, unit) {
    const whole = Math.floor(amount)
    return `${whole} ${unit}${whole === 1 ? "" : "s"}`
}
