/** Asking the portal who wrote when in a thread, and handing it the next message. */
import { BUSY, PAUSES, post, wait } from "../delivery.js"
import { MessageUnanswered, PortalRefused, PortalUnreachable } from "../errors.js"
import { jsonObject, refusalFrom } from "../portal-error.js"
import { isMoment } from "../standing.js"
import { asked } from "../status-client.js"

/**
 * @typedef {import("./message.js").Author} Author
 * @typedef {{sequence: number, author: Author, at: string, roles: string[]}} Listed  what the
 *     portal says of a message; `at` is ISO 8601
 * @typedef {{keysetVersion: number | null, messages: Listed[]}} Listing
 *
 * @typedef {object} Letter  a sealed message, ready to be sent
 * @property {string} lookup  hex
 * @property {number} sequence
 * @property {number} keyset  version it was sealed to
 * @property {import("./composing.js").MessageEnvelope[]} envelopes
 */

/**
 * @param {string} address  of the status page
 * @param {string} lookup  hex
 * @param {import("../status-client.js").Means} [means]
 * @returns {Promise<Listing>}
 * @throws {PortalRefused} no report for this token
 * @throws {PortalUnreachable} no answer, or not one that was understood
 */
export async function askThread(address, lookup, means) {
    const raw = jsonObject(await (await asked(`${address}/messages`, { lookup }, means)).text())
    const { keyset_version: version, messages } = raw
    if (Array.isArray(messages) && messages.every(isListed)) {
        return { keysetVersion: Number.isSafeInteger(version) ? version : null, messages }
    }
    throw new PortalUnreachable("The portal's answer was not understood.")
}

/**
 * Send a message, the very same bytes again while the line is bad; the portal keeps it once.
 * @param {string} address  of the status page
 * @param {Letter} letter
 * @param {import("../delivery.js").Progress} progress
 * @param {{send?: typeof post, pause?: (milliseconds: number) => Promise<void>}} [means]
 * @returns {Promise<void>}
 * @throws {PortalRefused} the portal said no
 * @throws {MessageUnanswered} an attempt may have been kept
 */
export async function sendLetter(address, letter, progress, { send = post, pause = wait } = {}) {
    const form = formOf(letter)
    for (let attempt = 0; ; attempt += 1) {
        const answer = await send(`${address}/message`, form, progress).catch(() => null)
        if (answer?.status === 200 || answer?.status === 201) return
        const final = answer !== null && !BUSY.has(answer.status)
        if (final || attempt >= PAUSES.length) throw faultOf(answer)
        await pause(PAUSES[attempt])
    }
}

/** @param {{status: number, text: string} | null} answer */
function faultOf(answer) {
    if (answer === null) return new MessageUnanswered()
    const refusal = refusalFrom(answer.status, answer.text)
    return refusal instanceof PortalRefused ? refusal : new MessageUnanswered(refusal.message)
}

/** @param {Letter} letter @returns {FormData} */
export function formOf({ lookup, sequence, keyset, envelopes }) {
    const form = new FormData()
    form.set("lookup", lookup)
    form.set("sequence", String(sequence))
    form.set("keyset", String(keyset))
    form.set("reply", "yes") // always sealed to the reporter's own key, too
    for (const { role, length, sha256 } of envelopes) {
        form.set(`${role}_length`, String(length))
        form.set(`${role}_sha256`, sha256)
    }
    for (const { role, blob } of envelopes) form.set(role, blob, `${role}.age`)
    return form
}

/** @param {any} raw */
function isListed(raw) {
    const author = raw?.author === "staff" || raw?.author === "reporter"
    const counted = Number.isSafeInteger(raw?.sequence) && raw.sequence >= 1
    const roles = Array.isArray(raw?.roles) && raw.roles.every(isText)
    return author && counted && roles && isMoment(raw.at)
}

/** @param {unknown} raw */
function isText(raw) {
    return typeof raw === "string"
}
