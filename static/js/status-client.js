/** Asking the portal how a report stands, with the lookup value in the body and nowhere else. */
import { PortalUnreachable } from "./errors.js"
import { jsonObject, refusalFrom } from "./portal-error.js"

/**
 * @typedef {object} Status
 * @property {string} report
 * @property {string} program
 * @property {string} program_name
 * @property {string} received_at  ISO 8601
 * @property {string} state
 * @property {string} state_label
 * @property {import("./timeline.js").Happening[]} events
 * @property {import("./timeline.js").Deadline[]} deadlines
 * @property {{role: string, length: number, payload_sha256: string}[]} envelopes
 * @property {string} zone  IANA name
 * @property {string} receipt
 *
 * @typedef {{ask?: typeof fetch}} Means  how to reach the portal
 */

const TEXTS = ["report", "program_name", "received_at", "state_label", "zone", "receipt"]
const LISTS = ["events", "deadlines", "envelopes"]

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
    const sound =
        TEXTS.every((name) => typeof raw[name] === "string") &&
        LISTS.every((name) => Array.isArray(raw[name]))
    if (!sound) throw new PortalUnreachable("The portal's answer was not understood.")
    return /** @type {any} */ (raw)
}

/**
 * @param {string} address  of the status page
 * @param {string} lookup  hex
 * @param {string} role  `report` or `attachments`
 * @param {Means} [means]
 * @returns {Promise<Blob>} the envelope as it was sent
 * @throws {import("./errors.js").PortalRefused} there is none
 * @throws {PortalUnreachable} no answer
 */
export async function fetchEnvelope(address, lookup, role, means) {
    return (await asked(`${address}/envelope`, { lookup, role }, means)).blob()
}

/**
 * @param {string} address
 * @param {Record<string, string>} question
 * @param {Means} [means]
 * @returns {Promise<Response>}
 */
async function asked(address, question, { ask = fetch } = {}) {
    const answer = await ask(address, {
        method: "POST",
        headers: { "Content-Type": "application/json", Accept: "application/json, */*;q=0.5" },
        body: JSON.stringify(question),
        cache: "no-store",
        credentials: "omit",
        referrerPolicy: "no-referrer",
    }).catch(() => {
        throw new PortalUnreachable("The portal could not be reached.")
    })
    if (!answer.ok) throw refusalFrom(answer.status, await answer.text())
    return answer
}
