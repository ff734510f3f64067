/**
 * Sending sealed envelopes, again and again with the same bytes until the portal has kept them.
 *
 * The portal answers a repeated delivery with the receipt of the first one, so a retry can never
 * file a report twice.
 */
import { PortalRefused, Unanswered } from "./errors.js"
import { jsonObject, refusalFrom } from "./portal-error.js"

/**
 * @typedef {import("./sealing-job.js").Envelope} Envelope
 *
 * @typedef {object} Delivery
 * @property {string} lookup  hex; the token's bearer value, sent in the body only
 * @property {import("./form-kinds.js").Kind} kind
 * @property {import("./form-kinds.js").Flags} flags
 * @property {number} policy  version the form was rendered from
 * @property {number} keyset  version it was sealed to
 * @property {string | null} scopeReceipt
 * @property {boolean} reply  whether it is sealed to the reporter's own key too
 * @property {Envelope[]} envelopes
 *
 * @typedef {{report: string, receipt: string, claims: Record<string, any>}} Kept
 * @typedef {(sent: number, total: number) => void} Progress  in bytes
 */

export const PAUSES = [1000, 4000, 10_000] // milliseconds before the second, third and fourth attempt
const STALLED = 120_000 // milliseconds without a byte moving before an attempt is given up
export const BUSY = new Set([429, 502, 503, 504])

/**
 * Deliver until it is kept or refused.
 * @param {string} address  of the program's report page
 * @param {Delivery} delivery
 * @param {Progress} progress
 * @param {{send?: typeof post, pause?: (milliseconds: number) => Promise<void>}} [means]
 * @returns {Promise<Kept>}
 * @throws {PortalRefused} the portal said no, and no attempt before went unanswered
 * @throws {import("./errors.js").PortalUnreachable} something in front of the portal said no
 * @throws {Unanswered} an attempt may have been kept; a later call may send the very same again
 */
export async function deliver(address, delivery, progress, { send = post, pause = wait } = {}) {
    const form = formOf(delivery) // before the first attempt, so that a failure sends nothing
    let doubt = false
    for (let attempt = 0; ; attempt += 1) {
        const answer = await send(address, form, progress).catch(() => null)
        const outcome = outcomeOf(answer)
        if (!(outcome instanceof Error)) return outcome
        doubt ||= outcome instanceof Unanswered
        const final = answer !== null && !BUSY.has(answer.status)
        if (final || attempt >= PAUSES.length) throw doubt ? doubtful(outcome) : outcome
        await pause(PAUSES[attempt])
    }
}

/**
 * Write the fields of a delivery; nothing in them can be read by the portal but what it must know.
 * @param {Delivery} delivery
 * @returns {FormData}
 */
export function formOf({ lookup, kind, flags, policy, keyset, scopeReceipt, reply, envelopes }) {
    const form = new FormData()
    form.set("lookup", lookup)
    form.set("policy", String(policy))
    form.set("keyset", String(keyset))
    form.set("kind", kind)
    if (flags.exposed) form.set("exposed", "yes")
    if (flags.exploited) form.set("exploited", "yes")
    form.set("scope_receipt", scopeReceipt ?? "")
    form.set("reply", reply ? "yes" : "no")
    for (const { role, length, sha256 } of envelopes) {
        form.set(`${role}_length`, String(length))
        form.set(`${role}_sha256`, sha256)
    }
    for (const { role, blob } of envelopes) form.set(role, blob, `${role}.age`)
    return form
}

/**
 * Tell what became of a report, as far as the answer goes.
 * @param {{status: number, text: string} | null} answer  null when none came
 * @returns {Kept | PortalRefused | import("./errors.js").PortalUnreachable}
 */
function outcomeOf(answer) {
    if (answer === null) return new Unanswered()
    const { status, text } = answer
    if (status === 200 || status === 201) return keptIn(text)
    const refusal = refusalFrom(status, text)
    // Only in the portal's own words does a 503 mean that nothing was kept.
    const known = status < 500 || (status === 503 && refusal instanceof PortalRefused)
    return known ? refusal : new Unanswered(refusal.message)
}

/** @param {string} text @returns {Kept | Unanswered} */
function keptIn(text) {
    try {
        const { report, receipt, claims } = jsonObject(text)
        const told = typeof claims === "object" && claims !== null
        if (told && typeof report === "string" && typeof receipt === "string") {
            return { report, receipt, claims }
        }
    } catch {
        // said below
    }
    return new Unanswered("The portal's receipt was not understood.")
}

/** An earlier attempt went unanswered, so a later no does not settle it. @param {Error} last */
function doubtful(last) {
    return last instanceof Unanswered ? last : new Unanswered(last.message)
}

/**
 * Post a form with progress, which `fetch` cannot report.
 * @param {string} address
 * @param {FormData} form
 * @param {Progress} progress
 * @returns {Promise<{status: number, text: string}>} rejects when the connection broke or stalled
 */
export function post(address, form, progress) {
    return new Promise((resolve, reject) => {
        const request = new XMLHttpRequest()
        let watch = setTimeout(() => request.abort(), STALLED)
        request.upload.addEventListener("progress", ({ loaded, total }) => {
            clearTimeout(watch)
            watch = setTimeout(() => request.abort(), STALLED)
            progress(loaded, total)
        })
        request.addEventListener("loadend", () => {
            clearTimeout(watch)
            if (request.status === 0) reject(new Unanswered())
            else resolve({ status: request.status, text: request.responseText })
        })
        request.open("POST", address)
        request.setRequestHeader("Accept", "application/json")
        request.send(form)
    })
}

/** @param {number} milliseconds @returns {Promise<void>} */
export function wait(milliseconds) {
    return new Promise((resolve) => setTimeout(resolve, milliseconds))
}
