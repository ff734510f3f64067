/**
 * Sending a message in its turn.
 *
 * A message names the one before it. If another came in between, or the keys changed, the thread is
 * read again and the message signed anew; the words stay as they are.
 */
import { MessageUnanswered, PortalRefused } from "../errors.js"

/**
 * @typedef {import("./chain.js").Judged} Judged
 * @typedef {import("./composing.js").SealedMessage} SealedMessage
 * @typedef {{sequence: number, previous: string}} Turn  where the next message goes
 * @typedef {SealedMessage & {sequence: number, keyset: number}} Ready  sealed for its place
 *
 * @typedef {object} Means
 * @property {(turn: Turn) => Promise<Ready>} seal
 * @property {(sealed: Ready) => Promise<void>} send
 * @property {() => Promise<Judged[]>} reload  reads the thread again
 */

const MOST = 4 // times a message is signed for one press of the button
const STALE = new Set(["message-out-of-turn", "keyset-outdated"])

/**
 * @param {Pick<Judged, "place" | "link">[]} thread
 * @param {string} start  link of the report itself
 * @returns {Turn}
 */
function nextTurn(thread, start) {
    const last = thread.at(-1)
    if (!last) return { sequence: 1, previous: start }
    return { sequence: last.place.sequence + 1, previous: last.link }
}

/**
 * @param {Judged[]} thread  as it was read last
 * @param {string} start  link of the report itself
 * @param {Means} means
 * @returns {Promise<{sequence: number, link: string}>} of the message that the portal now has
 * @throws {MessageUnanswered} whether it has is not known
 * @throws {import("../errors.js").PorticoError} nothing was sent, or the portal said no
 */
export async function answer(thread, start, { seal, send, reload }) {
    let known = thread
    for (let attempt = 1; ; attempt += 1) {
        const sealed = await seal(nextTurn(known, start))
        const { sequence, link } = sealed
        const fault = await faultOf(send(sealed))
        if (fault === null) return { sequence, link }
        if (!isOpen(fault)) throw fault
        known = await reload().catch(() => Promise.reject(fault))
        if (known.some((one) => one.link === link)) return { sequence, link }
        if (fault instanceof MessageUnanswered || attempt >= MOST) throw fault
    }
}

/** @param {Promise<void>} sent @returns {Promise<unknown>} null when all went well */
async function faultOf(sent) {
    try {
        await sent
        return null
    } catch (error) {
        return error
    }
}

/** @param {unknown} fault  after which the thread itself tells more */
function isOpen(fault) {
    if (fault instanceof MessageUnanswered) return true
    return fault instanceof PortalRefused && STALE.has(fault.code)
}
