/** Getting the keyset that a report is sealed to, as it is now. */
import { PortalUnreachable } from "./errors.js"
import { verifyKeyset } from "./keyset.js"
import { lastSeen, remember, steadyRoot, tabStorage } from "./newest-seen.js"
import { refusalFrom } from "./portal-error.js"

/**
 * @typedef {object} KeysetPlace  what a page knows about its program's keys
 * @property {string} program  slug
 * @property {string | null} root  fingerprint of the root key, hex; null where the page names none
 * @property {string} keysetAddress
 * @property {number} [newest]  highest version of it that is known from elsewhere
 */

/**
 * Fetch the program's keyset and check everything that sealing relies on.
 * @param {KeysetPlace} page
 * @param {number} now  seconds since 1970
 * @returns {Promise<import("./keyset.js").Keyset>}
 * @throws {import("./errors.js").KeysetRefused} nothing may be sealed to it
 * @throws {import("./errors.js").PortalRefused} the portal has none
 * @throws {PortalUnreachable} no answer
 */
export async function currentKeyset({ program, root, keysetAddress, newest = 0 }, now) {
    const storage = tabStorage()
    const seen = lastSeen(storage, program)
    const newestSeen = Math.max(seen.version, newest)
    const expected = { program, root: steadyRoot(seen, root), now, newestSeen }
    const keyset = verifyKeyset(await fetchText(keysetAddress), expected)
    remember(storage, keyset)
    return keyset
}

/**
 * @param {string} address  of a published keyset
 * @returns {Promise<string>}
 * @throws {import("./errors.js").PortalRefused} the portal has none there
 * @throws {PortalUnreachable} no answer
 */
export async function fetchText(address) {
    const { status, ok, text } = await answered(address)
    if (!ok) throw refusalFrom(status, text)
    return text
}

/** @param {string} address */
async function answered(address) {
    try {
        const headers = { Accept: "text/plain, application/json;q=0.9" } // a refusal comes as JSON
        const answer = await fetch(address, { cache: "no-store", credentials: "omit", headers })
        return { status: answer.status, ok: answer.ok, text: await answer.text() }
    } catch {
        throw new PortalUnreachable("The keys of this program could not be fetched.")
    }
}
