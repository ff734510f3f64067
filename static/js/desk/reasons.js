/** Why something is done: a list beside the act, and what was chosen from it. */
import { get } from "./api.js"

/**
 * @typedef {{required: boolean, choices: {code: string, words: string}[]}} Reasons
 * @typedef {{reason?: string}} Given  goes along with the act
 */

/** @type {Promise<Record<string, any>> | null} */
let asked = null

/**
 * Fill a list of the page with the reasons for a kind of act, as the portal has them.
 * @param {HTMLSelectElement} select
 * @param {string} kind
 */
export async function offerReasons(select, kind) {
    asked ??= get("/staff/api/reasons")
    const lists = await asked
    fillReasons(select, lists[kind] ?? null)
}

/**
 * Hide a list with its label, where its act is not theirs.
 * @param {HTMLSelectElement} select
 */
export function hideReasons(select) {
    fillReasons(select, null)
}

/**
 * Fill a list; one without reasons is hidden with its label.
 * @param {HTMLSelectElement} select
 * @param {Reasons | null} reasons
 */
export function fillReasons(select, reasons) {
    const first = reasons?.required ? "Choose a reason" : "No reason given"
    const options = reasons?.choices.map(({ code, words }) => new Option(words, code)) ?? []
    select.replaceChildren(new Option(first, ""), ...options)
    select.dataset.needed = reasons?.required ? "yes" : "no"
    select.closest(".field")?.toggleAttribute("hidden", options.length === 0)
}

/**
 * @param {HTMLSelectElement} select
 * @returns {Given | null} null when one has to be chosen first, which the browser says
 */
export function chosenReason(select) {
    if (select.value) return { reason: select.value }
    if (select.dataset.needed !== "yes") return {}
    ask(select)
    return null
}

/**
 * Point at the list. It is required for this moment alone: in a form with other acts it would hold
 * those up, too.
 * @param {HTMLSelectElement} select
 */
function ask(select) {
    select.required = true
    select.reportValidity()
    select.required = false
}
