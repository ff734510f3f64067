/** Reading a thread with a token: fetch each message as it is, open it here, judge the whole. */
import { payloadSha256 } from "../age-file.js"
import { PorticoError, PortalRefused } from "../errors.js"
import { openPlain } from "../opening.js"
import { unarchive } from "../unarchive.js"
import { judge } from "./chain.js"
import { FILE, parseMessage } from "./message.js"
import { signingKey } from "./own-copy.js"

/**
 * @typedef {import("./chain.js").Place} Place
 * @typedef {import("./chain.js").Judged} Judged
 * @typedef {import("./thread-client.js").Listing} Listing
 * @typedef {import("./thread-client.js").Listed} Listed
 * @typedef {import("./own-copy.js").OwnCopy} OwnCopy
 * @typedef {import("../token.js").Token} Token
 *
 * @typedef {Judged & {at: string, roles: string[]}} Entry  a message as it is shown: `at` is when
 *     the portal got it, ISO 8601
 *
 * @typedef {object} Sources  where things come from
 * @property {(role: string) => Promise<Blob>} envelope
 * @property {(versions: number[], root: string) =>
 *     Promise<Map<number, import("../keyset.js").Keyset>>} keysets
 */

const AT_ONCE = 4 // messages fetched side by side
const NOTHING = "0".repeat(64) // the link of a message whose file is not there: nobody names it
const LARGEST = 8 * 1024 * 1024 // bytes of a message without its files, far more than one takes

/**
 * @param {{report: string, listing: Listing, own: OwnCopy, token: Token}} known
 * @param {Sources} sources
 * @returns {Promise<Entry[]>}
 * @throws {import("../errors.js").PortalUnreachable} something did not arrive; nothing is concluded
 */
export async function readThread({ report, listing, own, token }, sources) {
    const places = await inTurn(listing.messages, (one) => placeOf(one, token, sources))
    const keysets = own.pin
        ? await sources.keysets(versionsIn(places, listing, own.pin.sealedTo), own.pin.root)
        : null
    const thread = judge(places, {
        report,
        start: own.start,
        reporter: signingKey(token),
        keysets,
        sealedTo: own.pin?.sealedTo ?? 0,
    })
    return thread.map((judged, index) => {
        const { at, roles } = listing.messages[index]
        return { ...judged, at, roles }
    })
}

/**
 * @param {Listed} listed
 * @param {Token} token
 * @param {Sources} sources
 * @returns {Promise<Place>}
 */
async function placeOf({ sequence, author }, token, { envelope }) {
    const missing = { sequence, author, payloadSha256: NOTHING, files: null }
    const blob = await envelope(`message-${sequence}`).catch(absent)
    const payload = blob && (await payloadSha256(blob).catch(() => null))
    if (!blob || !payload) return missing
    const files = blob.size > LARGEST ? null : await filesIn(blob, token)
    return { sequence, author, payloadSha256: payload, files }
}

/** One message that is gone must not keep the others from being read. @param {unknown} error */
function absent(error) {
    if (error instanceof PortalRefused && error.status === 404) return null
    throw error
}

/** @param {Blob} blob @param {Token} token @returns {Promise<Place["files"]>} */
async function filesIn(blob, token) {
    let plain
    try {
        plain = await openPlain(blob, token)
    } catch (error) {
        if (error instanceof PorticoError) return null
        throw error
    }
    try {
        return new Map(unarchive(plain.bytes).map(({ name, bytes }) => [name, bytes]))
    } catch {
        return new Map() // opened, but packed by hand: nothing in it is signed
    }
}

/**
 * @param {Place[]} places
 * @param {Listing} listing
 * @param {number} sealedTo
 * @returns {number[]} every keyset version that somebody names
 */
function versionsIn(places, { keysetVersion }, sealedTo) {
    const named = places.flatMap(({ files }) => {
        try {
            const written = files?.get(FILE)
            return written ? [parseMessage(written).heading.keyset] : []
        } catch {
            return []
        }
    })
    return [sealedTo, ...(keysetVersion === null ? [] : [keysetVersion]), ...named]
}

/**
 * Work through a list, a few at a time, and give the results in its order.
 * @template Item, Result
 * @param {Item[]} items
 * @param {(item: Item) => Promise<Result>} work
 * @returns {Promise<Result[]>}
 */
async function inTurn(items, work) {
    /** @type {Result[]} */
    const results = []
    for (let at = 0; at < items.length; at += AT_ONCE) {
        results.push(...(await Promise.all(items.slice(at, at + AT_ONCE).map(work))))
    }
    return results
}
