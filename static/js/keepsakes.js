/** What a reporter takes away: a card to keep secret, a receipt to show, a token to know. */
import { read } from "./crockford.js"

/**
 * @typedef {object} Kept
 * @property {import("./token.js").Token} token
 * @property {string} program  name of the program
 * @property {string} report  its name on the portal
 * @property {string} received  date, hour and zone
 * @property {string} statusAddress
 */

/**
 * Write the private card: whoever holds it holds the report.
 * @param {Kept} kept
 * @returns {string}
 */
export function privateCard({ token, program, report, received, statusAddress }) {
    return [
        "PRIVATE CARD - keep this to yourself",
        "",
        `Report     ${report} to ${program}`,
        `Received   ${received}`,
        "",
        `Token        ${token.text}`,
        `Status code  ${token.lookup}`,
        "",
        `Follow your report at ${statusAddress}`,
        "",
        "The token shows how your report stands, lets you read and answer messages of staff, and",
        "opens your own copy if you kept one. Type it on that page with scripts on; it stays in",
        "your browser. The status code works without scripts: it shows how the report stands, and",
        "hands out messages sealed as they are. Nobody can give you either of them again.",
        "",
    ].join("\n")
}

/**
 * Name a file after a report, in characters that every system takes.
 * @param {string} what
 * @param {string} report
 * @param {string} ending
 */
export function keepsakeName(what, report, ending) {
    return `portico-${what}-${report.replace(/[^A-Za-z0-9-]/g, "")}.${ending}`
}

/**
 * Compare a group that was typed back with the token, as forgivingly as a token is read.
 * @param {import("./token.js").Token} token
 * @param {number} number  of the group, 1 to 6
 * @param {string} typed
 * @returns {boolean}
 */
export function isGroup(token, number, typed) {
    const expected = read(token.text.split("-")[number - 1])
    return read(typed).join() === expected.join()
}
