/** What lies ahead of a report: dates that nobody promised, publication, held data, a calendar. */
import { element, fill, slot } from "./dom.js"
import { PorticoError } from "./errors.js"
import { hasOpenDate } from "./standing.js"

/** @typedef {import("./standing.js").Status} Status */

/** @param {HTMLElement} page @param {Status} status */
export function showOutlook(page, { kind, deadlines, not_promised: silent, publication, data }) {
    slot(page, "no-dates").hidden = deadlines.length > 0
    if (kind === "question") fill(page, "no-dates", "A question starts no clock.")
    slot(page, "not-promised").hidden = silent.length === 0
    fill(page, "silent", silent.join(", "))
    slot(page, "publication").replaceChildren(...publication.told.map(sentence))
    slot(page, "data").replaceChildren(...data.told.map(sentence))
    slot(page, "data-wish").hidden = data.state !== "asked" || data.statement === null
    fill(page, "statement", data.statement)
}

/**
 * @param {HTMLElement} page
 * @param {Status} status
 * @param {() => Promise<Blob>} fetchFile
 */
export function offerCalendar(page, { report, deadlines }, fetchFile) {
    const button = /** @type {HTMLButtonElement} */ (slot(page, "calendar"))
    button.hidden = !deadlines.some(hasOpenDate)
    button.addEventListener("click", async () => {
        button.disabled = true
        try {
            save(await fetchFile(), `${report}.ics`)
        } catch (error) {
            const said = error instanceof PorticoError ? error.message : "That did not work."
            button.after(element("span", { role: "alert" }, ` ${said}`))
        } finally {
            button.disabled = false
        }
    })
}

/** @param {Blob} blob @param {string} name */
function save(blob, name) {
    const href = URL.createObjectURL(blob)
    element("a", { href, download: name }).click()
    URL.revokeObjectURL(href)
}

/** @param {string} words */
function sentence(words) {
    return element("p", {}, words)
}
