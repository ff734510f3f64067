/** The account page: one's passkeys, sessions and desk keys. */
import { copyButton } from "../copy.js"
import { byId, fill, fromTemplate, slot } from "../dom.js"
import { fillTime } from "../timeline.js"
import { get, post, remove } from "./api.js"
import { created } from "./passkey.js"
import { chosenReason, hideReasons, offerReasons } from "./reasons.js"
import { calm, trouble } from "./trouble.js"

/**
 * @typedef {{id: string, label: string, created_at: string, used_at: string | null}} Passkey
 * @typedef {{id: string, passkey: string, started_at: string, seen_at: string,
 *            current: boolean}} Session
 * @typedef {{created_at: string, expires_at: string, used_at: string | null}} DeskKey
 */

const ACCOUNT = "/staff/api/account"
const DESK_KEYS = "/staff/api/desk-keys"
const ZONE = Intl.DateTimeFormat().resolvedOptions().timeZone

const label = byId("label", HTMLInputElement)
const add = byId("add", HTMLFormElement)
const others = byId("end-others", HTMLButtonElement)
const make = byId("make-key", HTMLButtonElement)
const endKeys = byId("end-keys", HTMLButtonElement)
const shownKey = byId("desk-key", HTMLElement)
const why = {
    passkey: byId("passkey-reason", HTMLSelectElement),
    session: byId("session-reason", HTMLSelectElement),
    key: byId("key-reason", HTMLSelectElement),
}

add.addEventListener("submit", (event) => {
    event.preventDefault()
    void act(addPasskey)
})
others.addEventListener("click", () => void act(() => end(`${ACCOUNT}/sessions`, why.session)))
make.addEventListener("click", () => void act(makeKey))
endKeys.addEventListener("click", () => void act(endAllKeys))
slot(shownKey, "key").after(copyButton(slot(shownKey, "key"), "Desk key"))
void act(async () => {})

/**
 * Do something, and show the account as it is then.
 * @param {() => Promise<unknown>} work
 */
async function act(work) {
    calm()
    try {
        await work()
        show(await get(ACCOUNT))
    } catch (fault) {
        trouble(fault)
    }
}

/** @param {Record<string, any>} account */
function show({ passkeys, sessions, desk_keys: keys }) {
    byId("passkey-list", HTMLElement).replaceChildren(
        ...passkeys.map((/** @type {Passkey} */ one) => passkeyLine(one, passkeys.length > 1)),
    )
    byId("session-list", HTMLElement).replaceChildren(...sessions.map(sessionLine))
    byId("key-list", HTMLElement).replaceChildren(...keys.map(keyLine))
    offerIf(passkeys.length > 1, why.passkey)
    offerIf(sessions.length > 1, why.session)
    offerIf(keys.length > 0, why.key)
    const here = sessions.some((/** @type {Session} */ { current }) => current) // not in `portico desk`
    others.textContent = here ? "End all but this one" : "End all"
    others.hidden = sessions.length < (here ? 2 : 1)
    endKeys.hidden = keys.length === 0
    for (const control of [label, make, byId("add-passkey", HTMLButtonElement)]) {
        control.disabled = false
    }
}

/** @param {Passkey} passkey @param {boolean} removable  the only one stays */
function passkeyLine({ id, label: name, created_at: made, used_at: used }, removable) {
    const line = fromTemplate("passkey-line")
    fill(line, "label", name)
    fillTime(line, "created", made, ZONE)
    fillMoment(line, "used", used)
    const button = buttonOf(line)
    button.hidden = !removable
    button.addEventListener("click", () => {
        void act(() => end(`${ACCOUNT}/passkeys/${encodeURIComponent(id)}`, why.passkey))
    })
    return line
}

/** @param {Session} session */
function sessionLine({ id, passkey, started_at: started, seen_at: seen, current }) {
    const line = fromTemplate("session-line")
    fill(line, "passkey", passkey)
    fillTime(line, "started", started, ZONE)
    fillTime(line, "seen", seen, ZONE)
    slot(line, "current").hidden = !current
    const button = buttonOf(line)
    button.hidden = current
    button.addEventListener("click", () => {
        void act(() => end(`${ACCOUNT}/sessions/${id}`, why.session))
    })
    return line
}

/** @param {DeskKey} key */
function keyLine({ created_at: made, expires_at: expires, used_at: used }) {
    const line = fromTemplate("key-line")
    fillTime(line, "created", made, ZONE)
    fillTime(line, "expires", expires, ZONE)
    fillMoment(line, "used", used)
    return line
}

async function addPasskey() {
    const { handle, options } = await post(`${ACCOUNT}/passkeys/options`)
    const credential = await created(options)
    await post(`${ACCOUNT}/passkeys`, { handle, credential, label: label.value })
    label.value = ""
}

async function makeKey() {
    const { key, expires_at: expires } = await post(DESK_KEYS)
    slot(shownKey, "key").textContent = key
    fillTime(shownKey, "until", expires, ZONE)
    shownKey.hidden = false
}

async function endAllKeys() {
    await end(DESK_KEYS, why.key)
    shownKey.hidden = true
}

/** @param {string} path  of what opens the desk @param {HTMLSelectElement} reason */
function end(path, reason) {
    return remove(path, chosenReason(reason) ?? {})
}

/** @param {boolean} any  whether there is anything to end @param {HTMLSelectElement} reason */
function offerIf(any, reason) {
    if (any) offerReasons(reason, "access").catch(trouble)
    else hideReasons(reason)
}

/** @param {HTMLElement} line @param {string} name @param {string | null} moment */
function fillMoment(line, name, moment) {
    if (moment) return fillTime(line, name, moment, ZONE)
    slot(line, name).textContent = "never"
}

/** @param {HTMLElement} line */
function buttonOf(line) {
    const found = line.querySelector("button")
    if (found) return found
    throw new TypeError("the line has no button")
}
