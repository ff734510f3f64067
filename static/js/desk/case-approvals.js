/** What takes two people: asked for by one, granted or refused by another. */
import { when } from "../dates.js"
import { byId, fill, fromTemplate, slot } from "../dom.js"
import { dataWords } from "./event-words.js"
import { chosenReason, hideReasons, offerReasons } from "./reasons.js"

/**
 * @typedef {import("./case-client.js").Approval} Approval
 * @typedef {(approval: Approval, granted: boolean,
 *     given: import("./reasons.js").Given) => Promise<void>} Decide
 */

/**
 * @param {import("./case-client.js").Case} shown
 * @param {string} me  id of whoever looks at it
 * @param {Decide} decide
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
 * @param {Decide} decide
 */
function line(approval, me, able, zone, decide) {
    const made = fromTemplate("approval")
    const mine = approval.asked_by.id === me
    fill(made, "label", approval.label)
    fill(made, "data", dataWords(approval, zone))
    const who = mine ? "you" : approval.asked_by.name
    const why = approval.reason ? ` Reason: ${approval.reason}.` : ""
    fill(made, "asked", `Asked by ${who}, ${when(approval.asked_at, zone)}.${why}`)
    fill(made, "decided", decidedWords(approval, zone))
    slot(made, "choice").hidden = approval.granted !== null || !able
    const [grant, refuse] = made.querySelectorAll("button")
    grant.hidden = mine // a second person has to
    if (mine) refuse.textContent = "Take it back"
    const reasons = listIn(made)
    if (mine) hideReasons(reasons) // what is one's own needs none
    else void offerReasons(reasons, "refusal")
    for (const [button, granted] of /** @type {const} */ ([[grant, true], [refuse, false]])) {
        button.addEventListener("click", async () => {
            const given = granted ? {} : chosenReason(reasons)
            if (!given) return
            button.disabled = true
            await decide(approval, granted, given)
            button.disabled = false
        })
    }
    return made
}

/** @param {HTMLElement} made */
function listIn(made) {
    const found = slot(made, "reason")
    if (found instanceof HTMLSelectElement) return found
    throw new TypeError("the line has no list of reasons")
}

/** @param {Approval} approval @param {string} zone @returns {string | null} */
function decidedWords({ granted, decided_by: by, decided_at: at }, zone) {
    if (granted === null || !by || !at) return null
    return `${granted ? "Granted" : "Refused"} by ${by.name}, ${when(at, zone)}.`
}
