/** What staff read of a report that came by mail: who entered it, and what that means. */
import { when } from "../dates.js"

/** @typedef {import("./case-client.js").Case} Case */

export const MAIL = "mail" // the origin of a report that staff entered

export const NO_TOKEN =
    "It came by mail, so its sender has no token to read a message with. Answer by mail; what was " +
    "said can be kept in a note."

/**
 * @param {Case} shown
 * @returns {string} for example “mail, entered by Ada on Sunday 22 November 2026, 10:00 UTC”
 */
export function enteredWords({ events, kept_at: at, zone }) {
    const name = events.find((event) => event.name === "received")?.actor.name ?? "staff"
    return `mail, entered by ${name}${at ? ` on ${when(at, zone)}` : ""}`
}

/** @param {Case} shown @returns {import("./opened-report.js").Check} */
export function enteredCheck(shown) {
    const words = "Nothing in it is signed by its sender: whoever entered it vouches for its words."
    return { good: false, words: `It came by ${enteredWords(shown)}. ${words}` }
}
