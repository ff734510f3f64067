/** Asking the portal how a report stands, with the lookup value in the body and nowhere else. */
import { PortalUnreachable } from "./errors.js"
import { jsonObject, refusalFrom } from "./portal-error.js"
import { isStatus } from "./standing.js"

/**
 * @typedef {import("./standing.js").Status} Status
 * @typedef {{ask?: typeof fetch}} Means  how to reach the portal
 */

/**
 * @param {string} address  of the status page
 * @param {string} lookup  hex
 * @param {Means} [means]
 * @returns {Promise<Status>}
 * @throws {import("./errors.js").PortalRefused} no report for this token, or too many questions
 * @throws {PortalUnreachable} no answer, or not one that was understood
 */
export async function askStatus(address, lookup, means) {
    const raw = jsonObject(await (await asked(address, { lookup }, means)).text())
    if (isStatus(raw)) return raw
    throw new PortalUnreachable("The portal's answer was not understood.", {
        hint: "Load the page again. If it stays so, tell the program's staff; nothing is lost.",
    })
}

/**
 * @param {string} address  of the status page
 * @param {string} lookup  hex
 * @param {string} role  such as `report`, `attachments` or `message-1`
 * @param {Means} [means]
 * @returns {Promise<Blob>} the envelope as it was sent
 * @throws {import("./errors.js").PortalRefused} there is none
 * @throws {PortalUnreachable} no answer
 */
export async function fetchEnvelope(address, lookup, role, means) {
    return asked(`${address}/envelope`, { lookup, role }, means)
}

/**
 * @param {string} address  of the status page
 * @param {string} lookup  hex
 * @param {Means} [means]
 * @returns {Promise<Blob>} the promised dates as a calendar file
 * @throws {import("./errors.js").PortalRefused} there is no report for this token
 * @throws {PortalUnreachable} no answer
 */
export async function fetchCalendar(address, lookup, means) {
    return asked(`${address}/dates.ics`, { lookup }, means)
}

/**
 * Have one's name taken off the page of thanks, at once.
 * @param {string} address  of the status page
 * @param {string} lookup  hex
 * @param {Means} [means]
 * @throws {import("./errors.js").PortalRefused} there is no report for this token
 * @throws {PortalUnreachable} no answer
 */
export async function takeNameOff(address, lookup, means) {
    await asked(`${address}/unname`, { lookup }, means)
}

/**
 * Ask with the lookup value in the body.
 * @param {string} address
 * @param {Record<string, string>} question
 * @param {Means} [means]
 * @returns {Promise<Blob>} the body of the answer
 * @throws {import("./errors.js").PortalRefused} the portal said no
 * @throws {PortalUnreachable} no answer
 */
export async function asked(address, question, { ask = fetch } = {}) {
    const { status, ok, body } = await answered(ask, address, {
        method: "POST",
        headers: { "Content-Type": "application/json", Accept: "application/json, */*;q=0.5" },
        body: JSON.stringify(question),
        cache: "no-store",
        credentials: "omit",
        referrerPolicy: "no-referrer",
    })
    if (!ok) throw refusalFrom(status, await body.text())
    return body
}

/**
 * Wait for the whole answer: the line may also break in the middle of it.
 * @param {typeof fetch} ask
 * @param {string} address
 * @param {RequestInit} options
 */
async function answered(ask, address, options) {
    try {
        const answer = await ask(address, options)
        return { status: answer.status, ok: answer.ok, body: await answer.blob() }
    } catch {
        throw new PortalUnreachable("The portal could not be reached.")
    }
}
