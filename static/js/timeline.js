/** What happened to a report and what is due, from the empty lines of `ui.time_templates`. */
import { when } from "./dates.js"
import { fill, fromTemplate, slot } from "./dom.js"

/**
 * @typedef {object} Deadline
 * @property {string} id
 * @property {string} label
 * @property {string | null} due  ISO 8601; null until the event it counts from
 * @property {"running" | "paused" | "met" | "late" | "pending"} state
 * @property {string | null} explanation  how the date was worked out
 * @property {string | null} [done]  ISO 8601: when it was kept
 * @property {string | null} [late_by]  in words, such as “2 days”
 * @property {boolean} [soft]  asked for or aimed at, not promised
 *
 * @typedef {{name: string, label: string, at: string, note: string | null}} Happening
 */

/**
 * @param {Deadline} deadline
 * @param {string} zone  IANA name
 * @returns {HTMLElement} a list item
 */
export function deadlineLine(deadline, zone) {
    const { id, label, due, state, explanation, late_by: late } = deadline
    const line = fromTemplate(`deadline-${state}`)
    fill(line, "label", label)
    fill(line, "explanation", explanation)
    if (late) fill(line, "state", `late by ${late}`)
    // Nobody does anything about the time a policy asks for before publication: it passes.
    if (state === "met" && id.startsWith("disclosure-")) fill(line, "state", "over")
    fill(line, "missed", missed(deadline))
    slot(line, "undated").hidden = due !== null
    if (due !== null) fillTime(line, "due", due, zone)
    return line
}

/** @param {Deadline} deadline @returns {string | null} said plainly when a promise was not kept */
function missed({ late_by: late, soft, done }) {
    if (!late || soft) return null
    return done ? "This promise was kept, but late." : "This promise is broken."
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
