/** Confirming: a grave act asks for the passkey once more, in a dialog over the page. */
import { element, refusal } from "../dom.js"
import { PasskeyUnavailable, PorticoError } from "../errors.js"
import { post } from "./api.js"
import { signed } from "./passkey.js"

const CONFIRM = "/staff/api/confirm"

/** @type {Promise<void> | null} */
let underWay = null

/**
 * Ask whoever is signed in to confirm with a passkey; several who ask at once share one dialog.
 * @returns {Promise<void>} the portal has verified it; it counts for a few minutes
 * @throws {PasskeyUnavailable} they would rather not
 */
export function confirmPresence() {
    underWay ??= shown().finally(() => (underWay = null))
    return underWay
}

/** @returns {Promise<void>} */
function shown() {
    const agree = element("button", { type: "button", class: "button", autofocus: "" }, "Use my passkey")
    const cancel = element("button", { type: "button", class: "button second" }, "Not now")
    const place = element("div", { role: "alert" })
    const dialog = element(
        "dialog",
        { class: "stack", "aria-labelledby": "confirming-title", id: "confirming" },
        element("h2", { id: "confirming-title" }, "Is it you?"),
        element("p", {}, "What you are about to do takes your passkey once more."),
        place,
        element("p", { class: "actions" }, agree, cancel),
    )
    document.body.append(dialog)
    dialog.showModal()
    return new Promise((resolve, reject) => {
        agree.addEventListener("click", () => void once(agree, place, dialog, resolve))
        cancel.addEventListener("click", () => dialog.close())
        dialog.addEventListener("close", () => {
            dialog.remove()
            reject(declined()) // says nothing any more if it was confirmed before
        })
    })
}

/**
 * @param {HTMLButtonElement} agree
 * @param {HTMLElement} place  for what went wrong
 * @param {HTMLDialogElement} dialog
 * @param {() => void} resolve
 */
async function once(agree, place, dialog, resolve) {
    agree.disabled = true
    place.replaceChildren()
    try {
        const means = { confirmed: true }
        const { handle, options } = await post(`${CONFIRM}/options`, {}, means)
        const credential = await signed(options)
        await post(`${CONFIRM}/finish`, { handle, credential }, means)
        resolve()
        dialog.close()
    } catch (fault) {
        place.replaceChildren(refusal(fault instanceof PorticoError ? fault : declined()))
    } finally {
        agree.disabled = false
    }
}

function declined() {
    return new PasskeyUnavailable("Nothing was done: it was not confirmed with a passkey.", {
        hint: "Start again when the passkey is at hand.",
    })
}
