/** The entries of the audit log, as lines of the page. */
import { element, fill, fromTemplate, slot } from "../dom.js"
import { fillTime } from "../timeline.js"
import { address } from "./audit-filters.js"

/**
 * @typedef {{key: string, name: string}} Named
 * @typedef {object} Entry
 * @property {number} sequence
 * @property {string} at  ISO 8601
 * @property {Named} actor
 * @property {string} words  what they did
 * @property {Named & {kind: "report" | "person" | "other"}} subject
 * @property {{label: string, value: string}[]} details
 */

const OWN_WORDS = /** @type {Record<string, string>} */ ({ reporter: "The reporter", portal: "The portal" })

/**
 * @param {Entry} entry
 * @returns {HTMLElement} a list item
 */
export function line(entry) {
    const made = fromTemplate("entry")
    fillTime(made, "at", entry.at, "UTC")
    fill(made, "sequence", String(entry.sequence))
    fill(made, "actor", OWN_WORDS[entry.actor.key] ?? entry.actor.name)
    slot(made, "actor").setAttribute("href", address({ actor: entry.actor.key }))
    fill(made, "words", entry.words)
    slot(made, "about").replaceChildren(...about(entry))
    slot(made, "details").replaceChildren(...entry.details.map(detail))
    slot(made, "details").hidden = entry.details.length === 0
    return made
}

/** @param {Entry} entry @returns {(Node | string)[]} */
function about({ subject, actor }) {
    if (subject.key === actor.key) return []
    if (subject.kind !== "report") return [": ", element("span", { class: "subject" }, subject.name)]
    const link = element("a", { href: `/staff/reports/${encodeURIComponent(subject.key)}` }, subject.name)
    return [": ", element("span", { class: "subject id" }, link)]
}

/** @param {{label: string, value: string}} pair */
function detail({ label, value }) {
    return element("div", {}, element("dt", {}, label), element("dd", {}, value))
}
