/** What happened to a report and what is due, from the empty lines of `ui.time_templates`. */
import { when } from "./dates.js"
import { fill, fromTemplate, slot } from "./dom.js"

/**
 * @typedef {object} Deadline
 * @property {string} id
 * @property {string} label
 * @property {string | null} due  ISO 8601; null until the event it counts from
 * @property {"running" | "met" | "late" | "pending"} state
 * @property {string | null} explanation  how the date was worked out
 *
 * @typedef {{name: string, label: string, at: string, note: string | null}} Happening
 */

/**
 * @param {Deadline} deadline
 * @param {string} zone  IANA name
 * @returns {HTMLElement} a list item
 */
export function deadlineLine({ label, due, state, explanation }, zone) {
    const line = fromTemplate(`deadline-${state}`)
    fill(line, "label", label)
    fill(line, "explanation", explanation)
    slot(line, "undated").hidden = due !== null
    if (due !== null) fillTime(line, "due", due, zone)
    return line
}

/**
 * @param {Happening} happening
 * @param {string} zone  IANA name
 * @returns {HTMLElement} a list item
 */
export function eventLine({ label, at, note }, zone) {
    const line = fromTemplate("event")
    fill(line, "label", label)
    fill(line, "note", note)
    fillTime(line, "at", at, zone)
    return line
}

/**
 * Write a moment into a `<time>`, for people and for programs.
 * @param {ParentNode} root
 * @param {string} name  of the slot
 * @param {string} moment  ISO 8601
 * @param {string} zone  IANA name
 */
export function fillTime(root, name, moment, zone) {
    fill(root, name, when(moment, zone))
    slot(root, name).setAttribute("datetime", moment)
}
