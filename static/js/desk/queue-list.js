/** The rows of the queue. */
import { when } from "../dates.js"
import { fill, fromTemplate, slot } from "../dom.js"
import { dueIn, overdueBy } from "./due-words.js"
import { urgentWords } from "./queue-words.js"

/** @typedef {import("./queue-client.js").Entry} Entry */

/**
 * @param {Entry} entry
 * @param {number} now  milliseconds since 1970
 * @param {(entry: Entry, row: HTMLElement) => void} change  when somebody wants to change it
 * @returns {HTMLElement} a list item
 */
export function row(entry, now, change) {
    const made = fromTemplate("entry")
    made.dataset.report = entry.id
    made.dataset.unread = entry.unread ? "yes" : "no"
    fillName(made, entry)
    fillDue(made, entry, now)
    fill(made, "kind", entry.kind === "report" ? null : entry.kind_label.toLowerCase())
    fill(made, "urgent", urgentWords(entry))
    fill(made, "state", entry.state_label)
    fill(made, "ruling", entry.ruling_label)
    slot(made, "ruling").dataset.ruling = entry.ruling
    fill(made, "program", entry.program_name)
    fillTime(made, "received", entry.received_at, entry.zone)
    fill(made, "assigned", entry.assigned?.name ?? "nobody yet")
    made.classList.toggle("unassigned", !entry.assigned)
    fill(made, "change-name", ` report ${entry.id}`)
    slot(made, "change").addEventListener("click", () => change(entry, made))
    return made
}

/** @param {HTMLElement} made @param {Entry} entry */
function fillName(made, entry) {
    const link = slot(made, "id")
    link.textContent = entry.id
    link.setAttribute("href", `/staff/reports/${entry.id}`)
    const described = ["unread", "kind", "urgent", "late", "soon", "due", "state", "ruling", "program", "assigned"]
    for (const name of described) slot(made, name).id = `${name}-${entry.id}`
    link.setAttribute("aria-describedby", described.map((name) => `${name}-${entry.id}`).join(" "))
    slot(made, "unread").hidden = !entry.unread
}

/** @param {HTMLElement} made @param {Entry} entry @param {number} now */
function fillDue(made, entry, now) {
    const { due_at: due, overdue, ended, zone } = entry
    if (!due) return fill(made, "soon", undated(entry))
    fill(made, "late", overdue ? overdueBy(due, now) : null)
    fill(made, "soon", overdue ? null : ended ? "ended; one promise was missed:" : dueIn(due, now))
    fillTime(made, "due", due, zone)
}

/** @param {Entry} entry */
function undated({ ended, kind }) {
    if (ended) return "ended"
    return kind === "question" ? "a question: no clock" : "nothing promised is open"
}

/** @param {HTMLElement} made @param {string} name @param {string} moment @param {string} zone */
function fillTime(made, name, moment, zone) {
    fill(made, name, when(moment, zone))
    slot(made, name).setAttribute("datetime", moment)
}
