/** An opened report on the page: what was verified, its text as text, its files to be saved. */
import { byId, element } from "../dom.js"
import { FileList } from "./file-list.js"
import { textOf } from "./preview.js"

/**
 * @typedef {import("./opened-report.js").OpenedReport} OpenedReport
 * @typedef {import("./opened-report.js").Check} Check
 */

/**
 * @param {OpenedReport} report
 * @param {() => Promise<import("../unpacking.js").Slice[]>} attachments  fetches and verifies them
 */
export async function showReport(report, attachments) {
    byId("checks", HTMLElement).replaceChildren(...report.checks.map(checkLine))
    const { text, cut } = report.text ? await textOf(report.text) : { text: "", cut: false }
    byId("report-text", HTMLElement).textContent = text || "It holds no text that can be shown."
    byId("report-cut", HTMLElement).hidden = !cut
    byId("text-files", HTMLElement).replaceChildren(new FileList(report.files).root)
    const named = report.attachments?.files ?? []
    const place = byId("report-files", HTMLElement)
    place.replaceChildren()
    if (named.length === 0) return
    place.append(element("h3", {}, "Files"), FileList.offered(named, attachments))
}

/** Take everything that was opened off the page. */
export function hideReport() {
    for (const id of ["checks", "report-text", "report-files", "text-files"]) {
        byId(id, HTMLElement).replaceChildren()
    }
    FileList.forget()
}

/** @param {Check} check */
function checkLine({ good, words }) {
    const mark = element("span", { class: "visually-hidden" }, good ? "Verified: " : "Take care: ")
    return element("li", { "data-good": good ? "yes" : "no" }, mark, words)
}
