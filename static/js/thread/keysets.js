/** The keysets that a thread names, each vouched for by the root key that its reader pinned. */
import { PortalRefused } from "../errors.js"
import { readKeyset } from "../keyset.js"
import { fetchText } from "../keyset-client.js"

/**
 * @typedef {import("../keyset.js").Keyset} Keyset
 * @typedef {{program: string, root: string, keysetAddress: string}} Pinned
 */

/**
 * Fetch keysets of any age. One that the portal lacks, or that the pinned root did not sign, is left
 * out: a message that names it then counts as forged.
 * @param {Iterable<number>} versions
 * @param {Pinned} pinned
 * @param {(address: string) => Promise<string>} [fetched]
 * @returns {Promise<Map<number, Keyset>>} by version
 * @throws {import("../errors.js").PortalUnreachable} no answer, which proves nothing
 */
export async function keysetsOf(versions, pinned, fetched = fetchText) {
    const found = await Promise.all(
        [...new Set(versions)].map((version) => keysetOf(version, pinned, fetched)),
    )
    return new Map(found.flatMap((keyset) => (keyset ? [[keyset.version, keyset]] : [])))
}

/**
 * @param {number} version
 * @param {Pinned} pinned
 * @param {(address: string) => Promise<string>} fetched
 * @returns {Promise<Keyset | null>}
 */
async function keysetOf(version, { program, root, keysetAddress }, fetched) {
    const text = await fetched(`${keysetAddress}?version=${version}`).catch(absent)
    try {
        const keyset = text === null ? null : readKeyset(text, { root, program })
        return keyset?.version === version ? keyset : null
    } catch {
        return null
    }
}

/** @param {unknown} error @returns {null} */
function absent(error) {
    if (error instanceof PortalRefused && error.status < 500 && error.status !== 429) return null
    throw error
}
