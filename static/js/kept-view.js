/** After sending: the token, what to keep of it, and a check that it was kept. */
import { when } from "./dates.js"
import { byId } from "./dom.js"
import { tell } from "./form-view.js"
import { isGroup, keepsakeName, privateCard } from "./keepsakes.js"
import { deadlineLine } from "./timeline.js"
import { tokenGroups } from "./token-view.js"

/**
 * @typedef {object} KeptReport
 * @property {import("./token.js").Token} token
 * @property {string} receipt  signed
 * @property {import("./receipt.js").Proven} facts
 * @property {string | null} doubt  why the receipt cannot be relied on; null when it can
 * @property {string} program  name of the program
 * @property {string} zone  IANA name
 */

/**
 * Show the token, first of all and without waiting for anything else.
 * @param {import("./token.js").Token} token
 * @param {() => void} leave  called once the reporter has shown that they hold it
 */
export function showKept(token, leave) {
    byId("token", HTMLElement).replaceChildren(...tokenGroups(token))
    byId("token-copy", HTMLButtonElement).addEventListener("click", () => void copy(token.text))
    byId("token-print", HTMLButtonElement).addEventListener("click", () => print())
    askBack(token, leave)
    byId("page", HTMLElement).hidden = true
    byId("kept", HTMLElement).hidden = false
    document.title = document.title.replace(/^[^·]*/, "Your report is kept ")
    scrollTo(0, 0)
    byId("kept-title", HTMLElement).focus({ preventScroll: true })
}

/**
 * Show what the portal's receipt says, and offer the files to keep.
 * @param {KeptReport} kept
 */
export function showReceipt(kept) {
    const received = when(new Date(kept.facts.receivedAt * 1000).toISOString(), kept.zone)
    showCard(kept, received)
    showProof(kept, received)
    showDeadlines(kept)
}

/** @param {KeptReport} kept @param {string} received */
function showCard({ token, program, facts }, received) {
    byId("token-when", HTMLElement).textContent = `, ${received}`
    const statusAddress = new URL("/status", location.href).href
    const card = privateCard({ token, program, report: facts.report, received, statusAddress })
    offer("card-file", card, keepsakeName("private-card", facts.report, "txt"))
}

/** @param {KeptReport} kept @param {string} received */
function showProof({ receipt, facts, doubt }, received) {
    byId("report-id", HTMLElement).textContent = facts.report
    byId("report-when", HTMLElement).textContent = received
    byId("receipt-doubt", HTMLElement).textContent = doubt
    byId("receipt-doubt", HTMLElement).hidden = doubt === null
    offer("receipt-file", `${receipt}\n`, keepsakeName("receipt", facts.report, "jws"))
}

/** @param {KeptReport} kept */
function showDeadlines({ facts, zone }) {
    byId("no-deadlines", HTMLElement).hidden = facts.deadlines.length > 0
    const lines = facts.deadlines.map((deadline) => deadlineLine(deadline, zone))
    byId("deadlines", HTMLElement).replaceChildren(...lines)
}

/** @param {import("./token.js").Token} token @param {() => void} leave */
function askBack(token, leave) {
    const number = 1 + Math.floor(Math.random() * 6) // any group will do; no secret hangs on it
    byId("group-number", HTMLElement).textContent = String(number)
    const field = byId("group", HTMLInputElement)
    const check = () => {
        const right = isGroup(token, number, field.value)
        tell("group-error", right ? null : `That is not group ${number}. Look at your copy again.`)
        if (!right) return field.focus()
        const [done] = document.querySelectorAll("#leaving > .notice")
        if (done instanceof HTMLElement) done.hidden = false
        leave()
    }
    byId("group-check", HTMLButtonElement).addEventListener("click", check)
    field.addEventListener("keydown", (event) => {
        if (event.key === "Enter") check()
    })
}

/** @param {string} text */
async function copy(text) {
    const said = byId("token-copied", HTMLElement)
    try {
        await navigator.clipboard.writeText(text)
        said.textContent = "The token is in your clipboard. Paste it somewhere safe."
    } catch {
        said.textContent = "The browser did not allow it. Select the token and copy it by hand."
    }
}

/**
 * Put a text file behind a link; it comes from this page and not from the server.
 * @param {string} id  of the link
 * @param {string} text
 * @param {string} name
 */
function offer(id, text, name) {
    const link = byId(id, HTMLAnchorElement)
    link.href = URL.createObjectURL(new Blob([text], { type: "text/plain" }))
    link.download = name
}
