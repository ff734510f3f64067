/** Taking sealed reports along: a bundle, to be opened on one's own machine. */
import { byId } from "../dom.js"
import { fetchBlob } from "./api.js"
import { save } from "./saving.js"
import { calm, trouble } from "./trouble.js"

const NAME = "reports.zip"

/**
 * Let the button of the page save reports; the portal asks for the passkey first.
 * @param {() => Promise<string[]>} chosen  names of reports, at the time of the press
 */
export function offerExport(chosen) {
    const button = byId("export", HTMLButtonElement)
    byId("export-offer", HTMLElement).hidden = false
    button.addEventListener("click", async () => {
        calm()
        say("")
        button.disabled = true
        try {
            say(await exported(await chosen()))
        } catch (fault) {
            trouble(fault)
        } finally {
            button.disabled = false
        }
    })
}

/** @param {string[]} reports @returns {Promise<string>} what was saved, in words */
async function exported(reports) {
    save(await fetchBlob("/staff/api/export", { reports }), NAME)
    const many = reports.length === 1 ? "1 report" : `${reports.length} reports`
    return `Saved: ${many} in ${NAME}. Open it with portico open.`
}

/** @param {string} words */
function say(words) {
    byId("export-said", HTMLElement).textContent = words
}
