/** The status page: the token stays here, the portal gets the lookup value that follows from it. */
import { copyButton } from "./copy.js"
import { byId, fill, fromTemplate, refusal, slot } from "./dom.js"
import { MalformedToken, PortalUnreachable, PorticoError } from "./errors.js"
import { Conversation } from "./conversation.js"
import { OwnCopyView } from "./own-copy-view.js"
import { offerCalendar, showOutlook } from "./outlook-view.js"
import { askStatus, fetchCalendar, fetchEnvelope } from "./status-client.js"
import { ownCopy } from "./thread/own-copy.js"
import { deadlineLine, eventLine, fillTime } from "./timeline.js"
import { Token } from "./token.js"

/** @typedef {import("./standing.js").Status} Status */

const form = byId("follow", HTMLFormElement)
const field = byId("token", HTMLInputElement)
const show = byId("show", HTMLButtonElement)
const mistake = byId("token-error", HTMLElement)
const found = byId("found", HTMLElement)
const said = byId("said", HTMLElement)

/** @type {Conversation | null} about the report that is shown */
let conversation = null

form.addEventListener("submit", (event) => {
    event.preventDefault()
    void follow()
})
field.addEventListener("input", () => blame(null))
field.disabled = false
show.disabled = false
byId("waiting", HTMLElement).hidden = true

addEventListener("beforeunload", (event) => {
    if (conversation?.unsent) event.preventDefault()
})

/** Read the token, ask for its report, and show what came back. */
async function follow() {
    if (conversation?.unsent && !confirm("What you wrote has not been sent. Leave it?")) return
    found.hidden = true
    blame(null)
    show.disabled = true
    try {
        const token = Token.parse(field.value)
        present(await askStatus(form.action, token.lookup), token)
    } catch (error) {
        if (error instanceof MalformedToken) return blame(error)
        explain(error, found)
    } finally {
        show.disabled = false
    }
}

/** @param {MalformedToken | null} error  what to say under the field; null clears it */
function blame(error) {
    mistake.hidden = error === null
    mistake.textContent = error ? `${error.message} ${error.hint}` : ""
    if (!error) return field.removeAttribute("aria-invalid")
    field.setAttribute("aria-invalid", "true")
    field.focus()
}

/**
 * @param {unknown} error
 * @param {HTMLElement} place
 */
function explain(error, place) {
    const { message, hint } = error instanceof PorticoError ? error : unforeseen(error)
    place.replaceChildren(refusal({ message, hint }))
    place.hidden = false
    said.textContent = `${message} ${hint}`
}

/** @param {unknown} error  nobody foresaw; it is said, never swallowed */
function unforeseen(error) {
    const reason = error instanceof Error ? error.message : String(error)
    return {
        message: `This page ran into a mistake of its own: ${reason}`,
        hint: "Load the page again; your report is not affected.",
    }
}

/** @param {Status} status @param {Token} token */
function present(status, token) {
    const page = fromTemplate("status")
    fill(page, "state", status.state_label)
    fill(page, "report", status.report)
    fill(page, "program", status.program_name)
    fillTime(page, "received", status.received_at, status.zone)
    list(page, "deadlines", status.deadlines.map((one) => deadlineLine(one, status.zone)))
    showOutlook(page, status)
    offerCalendar(page, status, () => fetchCalendar(form.action, token.lookup))
    list(page, "events", status.events.map((one) => eventLine(one, status.zone)))
    fill(page, "receipt", status.receipt)
    slot(page, "receipt").after(copyButton(slot(page, "receipt"), "Receipt"))
    found.replaceChildren(page)
    found.hidden = false
    found.focus()
    said.textContent = status.state_label
    accompany(status, token)
}

/**
 * Open one's own copy and the messages, now that there is a place for them.
 * @param {Status} status
 * @param {Token} token
 */
function accompany(status, token) {
    const followed = { status, token, address: form.action }
    const copy = fetchCopy(followed)
    copy.catch(() => undefined) // both views say it
    new OwnCopyView(followed, copy, (words) => (said.textContent = words))
    conversation = new Conversation(followed, Number(form.dataset.limit))
    void conversation.open(copy)
}

/** @param {import("./thread/correspondence.js").Followed} followed */
async function fetchCopy({ status, token, address }) {
    const main = status.envelopes.find(({ role }) => role === "report" || role === "sealed")
    if (!main) throw new PortalUnreachable("The portal did not name the sealed report.")
    const envelope = await fetchEnvelope(address, token.lookup, main.role)
    return ownCopy(envelope, token, status.program)
}

/** @param {HTMLElement} page @param {string} name @param {HTMLElement[]} lines */
function list(page, name, lines) {
    slot(page, name).replaceChildren(...lines)
    slot(page, name).hidden = lines.length === 0
}
