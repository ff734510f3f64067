/** The people page: admins invite colleagues, change what they may do, and let them go. */
import { copyButton } from "../copy.js"
import { byId, element, fill, fromTemplate, slot } from "../dom.js"
import { fillTime } from "../timeline.js"
import { get, post } from "./api.js"
import { chosenReason, offerReasons } from "./reasons.js"
import { calm, trouble } from "./trouble.js"

/**
 * @typedef {{slug: string, name: string}} Program
 * @typedef {{id: string, name: string, roles: Record<string, string>, passkeys: number,
 *            seen_at: string | null, invited_until: string | null}} Person
 */

const PEOPLE = "/staff/api/people"
const ROLES = { "": "no role", reader: "reader", handler: "handler", admin: "admin" }
const ZONE = Intl.DateTimeFormat().resolvedOptions().timeZone

const form = byId("invite", HTMLFormElement)
const name = byId("name", HTMLInputElement)
const role = byId("role", HTMLSelectElement)
const choices = byId("programs", HTMLElement)
const send = byId("send", HTMLButtonElement)
const made = byId("made", HTMLElement)
const inviting = byId("invite-reason", HTMLSelectElement)

form.addEventListener("submit", (event) => {
    event.preventDefault()
    void act(invite)
})
slot(made, "link").after(copyButton(slot(made, "link"), "Link"))
offerReasons(inviting, "person").catch(trouble)
void act(async () => {})

/**
 * Do something, and show the people as they are then.
 * @param {() => Promise<unknown>} work
 */
async function act(work) {
    calm()
    try {
        await work()
    } catch (fault) {
        trouble(fault)
    }
    await get(PEOPLE).then(show).catch(trouble)
}

/** @param {Record<string, any>} answer */
function show({ me, people, programs }) {
    byId("people-list", HTMLElement).replaceChildren(
        ...people.map((/** @type {Person} */ one) => personLine(one, programs, me)),
    )
    if (choices.childElementCount === 0) choices.replaceChildren(...programs.map(choice))
    form.hidden = false
    for (const control of [name, role, send]) control.disabled = false
}

/** @param {Program} program  one that the invited person may work in */
function choice({ slug, name: words }) {
    const box = element("input", { type: "checkbox", value: slug })
    return element("label", {}, box, words)
}

async function invite() {
    const ticked = [...choices.querySelectorAll("input")].filter((box) => box.checked)
    const programs = ticked.map((box) => box.value)
    const asked = { name: name.value, role: role.value, programs, ...chosenReason(inviting) }
    present(await post(PEOPLE, asked), name.value)
    name.value = inviting.value = ""
}

/** @param {Record<string, any>} invitation @param {string} to  a name */
function present({ link, expires_at: expires }, to) {
    fill(made, "to", `Send this link to ${to}, and to nobody else.`)
    slot(made, "link").textContent = link
    fillTime(made, "until", expires, ZONE)
    made.hidden = false
    made.focus()
}

/** @param {Person} person @param {Program[]} programs @param {string} me */
function personLine(person, programs, me) {
    const line = fromTemplate("person")
    fill(line, "name", person.id === me ? `${person.name} (you)` : person.name)
    fill(line, "passkeys", keys(person.passkeys))
    slot(line, "seen").parentElement?.toggleAttribute("hidden", !person.seen_at)
    if (person.seen_at) fillTime(line, "seen", person.seen_at, ZONE)
    slot(line, "invited").parentElement?.toggleAttribute("hidden", !person.invited_until)
    if (person.invited_until) fillTime(line, "invited", person.invited_until, ZONE)
    const reason = reasonsOf(line, person)
    const told = (/** @type {object} */ body) => ({ ...body, ...chosenReason(reason) })
    slot(line, "roles").replaceChildren(...programs.map((one) => roleChoice(person, one, told)))
    const path = `${PEOPLE}/${person.id}`
    on(line, "link", async () => present(await post(`${path}/invite`, told({})), person.name))
    on(line, "replace", async () => {
        present(await post(`${path}/invite`, told({ replace: true })), person.name)
    })
    on(line, "leave", () => post(`${path}/leave`, told({})))
    return line
}

/** @param {number} count */
function keys(count) {
    return count === 0 ? "none yet" : String(count)
}

/** @param {HTMLElement} line @param {Person} person */
function reasonsOf(line, { name: whose }) {
    const found = slot(line, "reason")
    if (!(found instanceof HTMLSelectElement)) throw new TypeError("the line has no list of reasons")
    found.setAttribute("aria-label", `Reason for a change about ${whose}`)
    offerReasons(found, "person").catch(trouble)
    return found
}

/** @param {Person} person @param {Program} program @param {(body: object) => object} told */
function roleChoice({ id, name: whose, roles }, { slug, name: words }, told) {
    const options = Object.entries(ROLES).map(([value, text]) => {
        return element("option", { value }, text)
    })
    const select = element("select", { "aria-label": `Role of ${whose} in ${words}` }, ...options)
    select.value = roles[slug] ?? ""
    select.addEventListener("change", () => {
        void act(() => post(`${PEOPLE}/${id}/role`, told({ program: slug, role: select.value })))
    })
    return element("label", {}, element("span", {}, words), select)
}

/** @param {HTMLElement} line @param {string} name  of the button @param {() => Promise<unknown>} work */
function on(line, name, work) {
    const button = line.querySelector(`[data-act="${name}"]`)
    button?.addEventListener("click", () => void act(work))
}
