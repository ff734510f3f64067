/** Taking sealed reports along: a bundle, to be opened on one's own machine. */
import { byId } from "../dom.js"
import { fetchBlob } from "./api.js"
import { chosenReason, offerReasons } from "./reasons.js"
import { save } from "./saving.js"
import { calm, trouble } from "./trouble.js"

const NAME = "reports.zip"

/**
 * Let the button of the page save reports; it takes a reason, and the portal asks for the passkey.
 * @param {() => Promise<string[]>} chosen  names of reports, at the time of the press
 */
export function offerExport(chosen) {
    const button = byId("export", HTMLButtonElement)
    const reasons = byId("export-reason", HTMLSelectElement)
    offerReasons(reasons, "export").catch(trouble)
    byId("export-offer", HTMLElement).hidden = false
    button.addEventListener("click", async () => {
        const given = chosenReason(reasons)
        if (!given) return
        calm()
        say("")
        button.disabled = true
        try {
            say(await exported(await chosen(), given))
            reasons.value = ""
        } catch (fault) {
            trouble(fault)
        } finally {
            button.disabled = false
        }
    })
}

/**
 * @param {string[]} reports
 * @param {import("./reasons.js").Given} given
 * @returns {Promise<string>} what was saved, in words
 */
async function exported(reports, given) {
    save(await fetchBlob("/staff/api/export", { reports, ...given }), NAME)
    const many = reports.length === 1 ? "1 report" : `${reports.length} reports`
    return `Saved: ${many} in ${NAME}. Open it with portico open.`
}

/** @param {string} words */
function say(words) {
    byId("export-said", HTMLElement).textContent = words
}
