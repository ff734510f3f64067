/** What takes two people: asked for by one, granted or refused by another. */
import { when } from "../dates.js"
import { byId, fill, fromTemplate, slot } from "../dom.js"
import { dataWords } from "./case-time.js"

/** @typedef {import("./case-client.js").Approval} Approval */

/**
 * @param {import("./case-client.js").Case} shown
 * @param {string} me  id of whoever looks at it
 * @param {(approval: Approval, granted: boolean) => Promise<void>} decide
 */
export function showApprovals({ approvals, role, zone }, me, decide) {
    const list = byId("approvals", HTMLElement)
    const able = role !== "reader"
    list.replaceChildren(...approvals.map((one) => line(one, me, able, zone, decide)))
    list.hidden = approvals.length === 0
}

/**
 * @param {Approval} approval
 * @param {string} me
 * @param {boolean} able
 * @param {string} zone
 * @param {(approval: Approval, granted: boolean) => Promise<void>} decide
 */
function line(approval, me, able, zone, decide) {
    const made = fromTemplate("approval")
    const mine = approval.asked_by.id === me
    fill(made, "label", approval.label)
    fill(made, "data", dataWords(approval.data))
    const who = mine ? "you" : approval.asked_by.name
    fill(made, "asked", `Asked by ${who}, ${when(approval.asked_at, zone)}.`)
    fill(made, "decided", decidedWords(approval, zone))
    slot(made, "choice").hidden = approval.granted !== null || !able
    const [grant, refuse] = made.querySelectorAll("button")
    grant.hidden = mine // a second person has to
    if (mine) refuse.textContent = "Take it back"
    for (const [button, granted] of /** @type {const} */ ([[grant, true], [refuse, false]])) {
        button.addEventListener("click", async () => {
            button.disabled = true
            await decide(approval, granted)
            button.disabled = false
        })
    }
    return made
}

/** @param {Approval} approval @param {string} zone @returns {string | null} */
function decidedWords({ granted, decided_by: by, decided_at: at }, zone) {
    if (granted === null || !by || !at) return null
    return `${granted ? "Granted" : "Refused"} by ${by.name}, ${when(at, zone)}.`
}
