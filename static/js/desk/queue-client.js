/** What the portal says about the queue, and what it is told about a report's row. */
import { get, post } from "./api.js"
import { question } from "./queue-filters.js"

/**
 * @typedef {{id: string, name: string}} Person
 * @typedef {{id: string, program: string, program_name: string, kind: string, kind_label: string,
 *   exposed: boolean, exploited: boolean, state: string, state_label: string, ended: boolean, ruling: string, ruling_label: string, received_at: string,
 *   due_at: string | null, zone: string, overdue: boolean, unread: boolean, activity: number,
 *   assigned: Person | null, quiet: boolean}} Entry
 * @typedef {{count: number, more: boolean}} Count
 * @typedef {{reports: Entry[], next: string | null}} Part
 * @typedef {Record<string, Count>} Counts  by the name of the part; `shown` is what is filtered
 * @typedef {{value: string, label: string}} Choice
 * @typedef {Person & {programs: Record<string, string>}} Colleague
 * @typedef {{states: Choice[], kinds: Choice[], rulings: Choice[],
 *   programs: {slug: string, name: string, role: string}[], people: Colleague[]}} Choices
 */

const PATH = "/staff/api/queue"

/**
 * @param {import("./queue-filters.js").Filters} filters
 * @param {string | null} [after]
 * @returns {Promise<Part>}
 */
export async function part(filters, after) {
    return /** @type {Part} */ (await get(question(PATH, filters, after)))
}

/**
 * @param {import("./queue-filters.js").Filters} filters
 * @returns {Promise<Counts>}
 */
export async function counts(filters) {
    return get(question(`${PATH}/counts`, filters))
}

/** @returns {Promise<Choices>} */
export async function choices() {
    return /** @type {Choices} */ (await get(`${PATH}/choices`))
}

/** @param {string} report @param {string | null} to  id of a colleague */
export async function assign(report, to) {
    await post(`/staff/api/reports/${report}/assign`, { to })
}

/** @param {string} report @param {number} activity  how much was seen; 0 for nothing */
export async function markSeen(report, activity) {
    await post(`/staff/api/reports/${report}/seen`, { activity })
}

/**
 * @param {string} report
 * @param {boolean} quiet
 * @param {import("./reasons.js").Given} given
 */
export async function makeQuiet(report, quiet, given) {
    await post(`/staff/api/reports/${report}/quiet`, { quiet, ...given })
}
