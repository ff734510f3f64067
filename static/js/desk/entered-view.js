/** After a mail was kept: its report, what is promised, and what to tell its sender. */
import { when } from "../dates.js"
import { byId } from "../dom.js"
import { keepsakeName } from "../keepsakes.js"
import { deadlineLine } from "../timeline.js"
import { save } from "./saving.js"
import { senderNote } from "./sender-note.js"

/**
 * @typedef {object} Entered
 * @property {string} report  its name
 * @property {string} receipt  signed
 * @property {string | null} doubt  why the receipt cannot be relied on; null when it can
 * @property {string} program  name of the program
 * @property {string} receivedAt  ISO 8601
 * @property {import("../timeline.js").Deadline[]} deadlines
 * @property {string} zone  IANA name
 * @property {string | null} portal  address of the public pages
 */

/** @param {Entered} entered */
export function showEntered(entered) {
    const { report, receipt, doubt, receivedAt, deadlines, zone } = entered
    const address = `/staff/reports/${encodeURIComponent(report)}`
    byId("kept-report", HTMLAnchorElement).textContent = report
    byId("kept-report", HTMLAnchorElement).href = address
    byId("kept-open", HTMLAnchorElement).href = address
    byId("next-mail", HTMLAnchorElement).href = location.pathname
    byId("receipt-doubt", HTMLElement).textContent = doubt
    byId("receipt-doubt", HTMLElement).hidden = doubt === null
    byId("kept-came", HTMLElement).textContent = `Counted from ${when(receivedAt, zone)}.`
    byId("no-deadlines", HTMLElement).hidden = deadlines.length > 0
    byId("deadlines", HTMLElement).replaceChildren(
        ...deadlines.map((deadline) => deadlineLine(deadline, zone)),
    )
    byId("sender-note", HTMLElement).textContent = senderNote(entered)
    byId("receipt-save", HTMLButtonElement).addEventListener("click", () => {
        save(new Blob([`${receipt}\n`]), keepsakeName("receipt", report, "jws"))
    })
    byId("page", HTMLElement).hidden = true
    byId("kept", HTMLElement).hidden = false
    document.title = `Report ${report} is kept · Desk`
    scrollTo(0, 0)
    byId("kept-title", HTMLElement).focus({ preventScroll: true })
}
