/** Which reports of the queue somebody may take along: those that the filters show and they handle. */
import { ExportRefused } from "../errors.js"
import { part } from "./queue-client.js"

/** @typedef {import("./queue-client.js").Choices["programs"]} Programs */

const MOST = 1000 // reports that the portal puts into one bundle
const AT_ONCE = "100" // reports that the portal lists in one answer

/** @param {Programs} programs @returns {boolean} whether there is anything that may be taken */
export function handlesAny(programs) {
    return programs.some(({ role }) => role !== "reader")
}

/**
 * Find all reports that fit the filters, on the page or not, in programs where they may be taken.
 * @param {import("./queue-filters.js").Filters} filters
 * @param {Programs} programs  of whoever asks
 * @returns {Promise<string[]>} 1 to 1,000 names
 * @throws {ExportRefused} there is none, or there are more
 */
export async function takable(filters, programs) {
    const read = new Set(programs.filter(({ role }) => role === "reader").map(({ slug }) => slug))
    const found = await listed(filters)
    const names = found.filter(({ program }) => !read.has(program)).map(({ id }) => id)
    if (names.length) return [...new Set(names)] // one that moved meanwhile is listed twice
    throw found.length ? notTheirs() : none()
}

/** @param {import("./queue-filters.js").Filters} filters */
async function listed(filters) {
    const found = []
    /** @type {string | null} */
    let after = null
    do {
        const { reports, next } = await part({ ...filters, limit: AT_ONCE }, after)
        found.push(...reports)
        after = next
        if (found.length > MOST) throw tooMany()
    } while (after)
    return found
}

function none() {
    return new ExportRefused("No report fits these filters.", {
        hint: "Clear one of them, and save again.",
    })
}

function notTheirs() {
    return new ExportRefused("You only read in the programs of these reports.", {
        hint: "To save them takes the role of handler. An admin of the program gives it.",
    })
}

function tooMany() {
    return new ExportRefused("More than 1,000 reports fit these filters.", {
        hint: "Choose fewer, or use portico export on the server, which takes any number.",
    })
}
