/** Reading a thread with an identity: each message is fetched, opened in the vault, and judged. */
import { payloadSha256 as payloadOf } from "../age-file.js"
import { PorticoError } from "../errors.js"
import { judge } from "../thread/chain.js"
import { FILE, parseMessage } from "../thread/message.js"

/**
 * @typedef {import("../thread/chain.js").Place} Place
 * @typedef {import("../thread/chain.js").Judged} Judged
 * @typedef {import("./opened-report.js").OpenedReport} OpenedReport
 * @typedef {{sequence: number, author: import("../thread/message.js").Author, at: string,
 *     roles: string[], actor: {id: string, name: string} | null}} Listed
 * @typedef {Judged & Listed} Entry  a message as it is shown
 *
 * @typedef {object} Means
 * @property {import("./case-client.js").CaseClient} client
 * @property {import("./vault.js").Vault} vault
 * @property {import("./program-keys.js").Keys} keys
 */

const LARGEST = 8 * 1024 * 1024 // bytes of a message without its files, far more than one takes

/**
 * @param {string} report  its name
 * @param {OpenedReport} opened
 * @param {Means} means
 * @returns {Promise<Entry[]>}
 * @throws {import("../errors.js").PortalUnreachable} something did not arrive; nothing is concluded
 */
export async function readThread(report, opened, means) {
    const { messages, keyset_version: version } = await means.client.messages()
    /** @type {Listed[]} */
    const listed = messages
    const places = await inTurn(listed, (one) => placeOf(one, means))
    const versions = [opened.sealedTo, Number(version ?? 0), ...places.flatMap(namedIn)]
    const thread = judge(places, {
        report,
        start: opened.start,
        reporter: opened.reporterKey,
        keysets: await means.keys.versions(versions),
        sealedTo: opened.sealedTo,
    })
    return thread.map((judged, place) => ({ ...listed[place], ...judged }))
}

/** @param {Listed} listed @param {Means} means @returns {Promise<Place>} */
async function placeOf({ sequence, author }, { client, vault }) {
    const blob = await client.envelope(`message-${sequence}`)
    const unread = { sequence, author, payloadSha256: "", files: null }
    if (blob.size > LARGEST) return unread
    try {
        const { payloadSha256, files } = await vault.open(blob)
        return { sequence, author, payloadSha256, files: await bytesIn(files ?? []) }
    } catch (error) {
        // What does not open may still be named by the message after it.
        if (error instanceof PorticoError && error.code === "identity-refused") {
            return { ...unread, payloadSha256: await payloadOf(blob) }
        }
        if (error instanceof PorticoError && error.code === "archive-refused") return unread
        throw error
    }
}

/** @param {import("../unpacking.js").Slice[]} files */
export async function bytesIn(files) {
    const read = files.map(async ({ name, blob }) => {
        return /** @type {const} */ ([name, new Uint8Array(await blob.arrayBuffer())])
    })
    return new Map(await Promise.all(read))
}

/** @param {Place} place @returns {number[]} the keyset version that it names */
function namedIn({ files }) {
    const written = files?.get(FILE)
    try {
        return written ? [parseMessage(written).heading.keyset] : []
    } catch {
        return []
    }
}

/**
 * Work through a list one by one, so that a long thread does not knock down the portal.
 * @template Item, Result
 * @param {Item[]} items
 * @param {(item: Item) => Promise<Result>} work
 * @returns {Promise<Result[]>}
 */
async function inTurn(items, work) {
    /** @type {Result[]} */
    const results = []
    for (const item of items) results.push(await work(item))
    return results
}
