/** What the page for mails asks about a program, and how it hands over what it sealed. */
import { PortalUnreachable } from "../errors.js"
import { get, send } from "./api.js"

/**
 * @typedef {{program: string, name: string, zone: string, limit: number}} Facts  of a program
 *
 * @typedef {object} Parcel  a sealed mail; sent again as it is, should the line break
 * @property {import("../sealing-job.js").Envelope[]} envelopes
 * @property {string} receivedAt  ISO 8601 with an offset
 * @property {import("../keyset.js").Keyset} keyset  it was sealed to
 * @property {import("../form-kinds.js").Flags} flags  all that the server may know of it
 */

/** @param {string} program  slug @returns {Promise<Facts>} */
export async function facts(program) {
    const path = `/staff/api/programs/${encodeURIComponent(program)}/entering`
    return /** @type {Facts} */ (/** @type {unknown} */ (await get(path)))
}

/**
 * @param {string} program  slug
 * @param {Parcel} parcel
 * @returns {Promise<import("../delivery.js").Kept>}
 * @throws {import("../errors.js").PortalRefused} nothing was kept
 * @throws {PortalUnreachable} it may have been kept
 */
export async function enter(program, parcel) {
    const path = `/staff/api/programs/${encodeURIComponent(program)}/reports`
    const { report, receipt, claims } = await sent(path, formOf(parcel))
    if (typeof report === "string" && typeof receipt === "string" && claims) {
        return { report, receipt, claims }
    }
    throw unsure("The portal's receipt was not understood.")
}

/** @param {Parcel} parcel @returns {FormData} ciphertext, and what can be said about it */
export function formOf({ envelopes, receivedAt, keyset, flags }) {
    const form = new FormData()
    form.set("received_at", receivedAt)
    form.set("keyset", String(keyset.version))
    if (flags.exposed) form.set("exposed", "yes")
    if (flags.exploited) form.set("exploited", "yes")
    for (const { role, length, sha256 } of envelopes) {
        form.set(`${role}_length`, String(length))
        form.set(`${role}_sha256`, sha256)
    }
    for (const { role, blob } of envelopes) form.set(role, blob, `${role}.age`)
    return form
}

/** @param {string} path @param {FormData} form */
async function sent(path, form) {
    try {
        return await send(path, form)
    } catch (fault) {
        // Only in the portal's own words does a no mean that nothing was kept.
        if (fault instanceof PortalUnreachable) throw unsure(fault.message)
        throw fault
    }
}

/** @param {string} reason */
function unsure(reason) {
    return new PortalUnreachable(`${reason} The report may have been kept.`, {
        hint: "Press the button again without changing anything: the same report is kept once.",
    })
}
