/** What an event carries, in words for staff. */
import { day, when } from "../dates.js"

/**
 * @typedef {object} Carrying  an event, or one that waits for a second person
 * @property {Record<string, any>} data
 * @property {Record<string, string>} codes  the words for the codes in it
 */

const DATA = /** @type {Record<string, (value: any, zone: string) => string>} */ ({
    expected: (date) => `Expected by ${day(date)}.`,
    date: (date) => `The day is ${day(date)}.`,
    at: (moment, zone) => `It was ${when(moment, zone)}.`,
    of: (report) => `The same as report ${report}.`,
    clock: (clock) => `Clock: ${clock}.`,
    regime: (regime) => `Law: ${regime}.`,
    stage: (stage) => `Notice: ${stage}.`,
    factors: (factors) => `${Object.entries(factors).map(weighed).join(", ")}.`,
    despite_held: () => "Although the reporter holds data.",
    message: (number) => `As message ${number} says.`,
    event: (number) => `About entry ${number}.`,
})

/**
 * @param {Carrying} event
 * @param {string} zone  IANA name
 * @param {string | null} [before]  by when a fix was expected until then, an ISO date
 * @returns {string} empty when there is nothing to say
 */
export function dataWords({ data, codes }, zone, before = null) {
    const words = Object.entries(data).map(([name, value]) =>
        codes[name] ? `${codes[name]}.` : (DATA[name]?.(value, zone) ?? ""),
    )
    const moved = before !== null && data.expected && data.expected !== before
    if (moved) words.push(`Before, it was ${day(before)}.`)
    return words.filter(Boolean).join(" ")
}

/** @param {[string, unknown]} factor */
function weighed([name, weight]) {
    return `${name}: ${String(weight)}`
}
