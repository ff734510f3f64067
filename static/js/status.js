/** The status page: the token stays here, the portal gets the lookup value that follows from it. */
import { copyButton } from "./copy.js"
import { byId, fill, fromTemplate, refusal, slot } from "./dom.js"
import { MalformedToken, PorticoError } from "./errors.js"
import { letter } from "./letter.js"
import { openEnvelope } from "./opening.js"
import { askStatus, fetchEnvelope } from "./status-client.js"
import { deadlineLine, eventLine, fillTime } from "./timeline.js"
import { MADE_BY_CLIENT, Token } from "./token.js"

/** @typedef {import("./standing.js").Status} Status */

const form = byId("follow", HTMLFormElement)
const field = byId("token", HTMLInputElement)
const show = byId("show", HTMLButtonElement)
const mistake = byId("token-error", HTMLElement)
const found = byId("found", HTMLElement)
const said = byId("said", HTMLElement)

form.addEventListener("submit", (event) => {
    event.preventDefault()
    void follow()
})
field.addEventListener("input", () => blame(null))
field.disabled = false
show.disabled = false
byId("waiting", HTMLElement).hidden = true

/** Read the token, ask for its report, and show what came back. */
async function follow() {
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
    slot(page, "undated").hidden = status.deadlines.length > 0
    list(page, "events", status.events.map((one) => eventLine(one, status.zone)))
    fill(page, "receipt", status.receipt)
    slot(page, "receipt").after(copyButton(slot(page, "receipt"), "Receipt"))
    offerReading(page, status, token)
    found.replaceChildren(page)
    found.hidden = false
    found.focus()
    said.textContent = status.state_label
}

/** @param {HTMLElement} page @param {string} name @param {HTMLElement[]} lines */
function list(page, name, lines) {
    slot(page, name).replaceChildren(...lines)
    slot(page, name).hidden = lines.length === 0
}

/** @param {HTMLElement} page @param {Status} status @param {Token} token */
function offerReading(page, status, token) {
    const roles = status.envelopes.map(({ role }) => role)
    const own = token.version === MADE_BY_CLIENT
    for (const name of ["readable", "open"]) slot(page, name).hidden = !own || roles.length === 0
    slot(page, "unreadable").hidden = own
    const button = page.querySelector("button#read")
    if (!(button instanceof HTMLButtonElement)) return
    button.addEventListener("click", () => void read(button, roles, token))
}

/**
 * Fetch each envelope as it is and open it here.
 * @param {HTMLButtonElement} button
 * @param {string[]} roles  `report` first
 * @param {Token} token
 */
async function read(button, roles, token) {
    const place = byId("letter", HTMLElement)
    button.disabled = true
    said.textContent = "Fetching and opening your report."
    try {
        const [report, ...more] = await Promise.all(roles.map((role) => reopened(role, token)))
        place.replaceChildren(...letter(report, more.flat()))
        said.textContent = "Your report is open below."
        button.hidden = true
    } catch (error) {
        explain(error, place)
    } finally {
        button.disabled = false
    }
}

/** @param {string} role @param {Token} token */
async function reopened(role, token) {
    return openEnvelope(await fetchEnvelope(form.action, token.lookup, role), token)
}
