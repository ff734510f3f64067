/**
 * Judging a whole thread: is each message by whom it seems to be, and is it where it belongs?
 *
 * What the portal says about a message is a claim. What counts is which key signed it, whether a
 * keyset under the pinned root lists that key, and whether it names the message before it.
 * `portal/offline/thread/chain.py` judges the same.
 */
import { parseBody, bodyHash, FILE as BODY } from "./body.js"
import { FILE as MESSAGE, isSigned, linkOf, parseMessage } from "./message.js"
import { VERDICTS } from "./verdicts.js"

/**
 * @typedef {import("./message.js").Author} Author
 * @typedef {import("./message.js").Message} Message
 * @typedef {import("./body.js").Body} Body
 * @typedef {import("./verdicts.js").Reason} Reason
 * @typedef {import("./verdicts.js").Verdict} Verdict
 * @typedef {import("../keyset-entries.js").Member} Member
 *
 * @typedef {{version: number, created: number, expires: number, entries: Member[]}} Dated  what is
 *     needed of a keyset; dates in seconds since 1970
 *
 * @typedef {object} Place  a place in the thread, with what the portal handed over for it
 * @property {number} sequence  its number, as the portal says
 * @property {Author} author  as the portal says
 * @property {string} payloadSha256  of the age file that was read, hex
 * @property {Map<string, Uint8Array> | null} files  by name; null when it did not open
 *
 * @typedef {object} Ground  what a reader knows for certain before the first message
 * @property {string} report  its name
 * @property {string} start  SHA-256 of the payload of its main envelope, as it was read, hex
 * @property {string | null} reporter  the reporter's signing key, base64url; null when unknown
 * @property {Map<number, Dated> | null} keysets  by version, each signed by the pinned root; null
 *     when no root is pinned
 * @property {number} sealedTo  version the report was sealed to
 *
 * @typedef {object} Judged  a message and what can be said of it
 * @property {Place} place
 * @property {Reason} reason
 * @property {Verdict} verdict
 * @property {string} link  what the message after it has to name
 * @property {Message | null} message
 * @property {Body | null} body  trust it only if the verdict is good
 * @property {Member | null} signer  the keyset's entry, for messages of staff
 */

const CLOCK_SKEW = 600 // seconds a writer's clock may run behind the root's

/**
 * @param {Place[]} places  in the order the portal gave them
 * @param {Ground} ground
 * @returns {Judged[]}
 */
export function judge(places, ground) {
    let [number, link, reached] = [0, ground.start, ground.sealedTo]
    return places.map((place) => {
        const follows = place.sequence === number + 1
        const judged = judgeOne(place, ground, { follows, previous: link, reached })
        number = place.sequence
        link = judged.link
        const version = judged.message?.heading.keyset ?? 0
        // A reporter could name any number, so only keysets that are known to exist count.
        const known = judged.verdict === "good" && ground.keysets?.has(version)
        if (known) reached = Math.max(reached, version)
        return judged
    })
}

/**
 * @param {Place} place
 * @param {Ground} ground
 * @param {{follows: boolean, previous: string, reached: number}} before  whether the portal numbers
 *     it right after the one before; the link to that one; the newest keyset named so far
 * @returns {Judged}
 */
function judgeOne(place, ground, { follows, previous, reached }) {
    // Without signed lines the sealed bytes themselves are what the next message can name.
    const unread = { place, link: place.payloadSha256, message: null, body: null, signer: null }
    if (place.files === null) return finding("unopened", unread)
    const written = place.files.get(MESSAGE)
    if (!written) return finding("by-hand", unread)
    const message = attempt(() => parseMessage(written))
    if (!message) return finding("malformed", unread)
    const content = place.files.get(BODY) ?? new Uint8Array()
    const body = attempt(() => parseBody(content))
    const signer = signerOf(message, ground)
    const reason =
        claims(message, place, ground, content) ??
        (body ? keyFault(message, signer, body, ground, reached) : "malformed") ??
        order(message, place, follows, previous)
    return finding(reason, { place, link: linkOf(message.heading), message, body, signer })
}

/** @param {Reason} reason @param {Omit<Judged, "reason" | "verdict">} about @returns {Judged} */
function finding(reason, about) {
    return { ...about, reason, verdict: VERDICTS[reason] }
}

/**
 * Say what is wrong with a message by itself.
 * @param {Message} message
 * @param {Place} place
 * @param {Ground} ground
 * @param {Uint8Array} content  of its body
 * @returns {Reason | null}
 */
function claims(message, place, ground, content) {
    const { heading } = message
    if (heading.report !== ground.report) return "other-report"
    if (heading.author !== place.author) return "other-author"
    if (heading.body_sha256 !== bodyHash(content)) return "changed"
    return isSigned(message) ? null : "signature"
}

/**
 * Say why the key is not the author's.
 * @param {Message} message
 * @param {Member | null} signer
 * @param {Body} body
 * @param {Ground} ground
 * @param {number} reached
 * @returns {Reason | null}
 */
function keyFault({ heading, key }, signer, body, ground, reached) {
    if (heading.author === "reporter") {
        if (ground.reporter === null) return "no-key"
        return key === ground.reporter ? null : "stranger"
    }
    if (ground.keysets === null) return "no-root"
    const named = ground.keysets.get(heading.keyset)
    if (!named) return "keyset"
    if (!signer) return "stranger"
    return isLive(key, named, ground.keysets, body, reached) ? null : "retired"
}

/**
 * Say whether a key still counted when a message was written. A date is the writer's word, so
 * whoever holds a withdrawn key could set it back; but not to before a message that stands earlier
 * in the thread.
 * @param {string} key
 * @param {Dated} named
 * @param {Map<number, Dated>} keysets
 * @param {Body} body
 * @param {number} reached
 */
function isLive(key, named, keysets, body, reached) {
    const at = Date.parse(body.at) / 1000
    const later = [...keysets.values()].filter(
        ({ version, created }) => version > named.version && (version <= reached || created <= at),
    )
    const within = named.created - CLOCK_SKEW <= at && at < named.expires
    return within && later.every((keyset) => entryOf(key, keyset) !== null)
}

/** @param {Message} message @param {Place} place @param {boolean} follows @param {string} previous */
function order({ heading }, place, follows, previous) {
    const placed = heading.sequence === place.sequence && heading.previous === previous
    return follows && placed ? "signed" : "order"
}

/** @param {Message} message @param {Ground} ground */
function signerOf({ heading, key }, { keysets }) {
    const keyset = heading.author === "staff" ? keysets?.get(heading.keyset) : undefined
    return keyset ? entryOf(key, keyset) : null
}

/** @param {string} key @param {Dated} keyset @returns {Member | null} */
function entryOf(key, { entries }) {
    return entries.find(({ signing }) => signing === key) ?? null
}

/** @template T @param {() => T} parse @returns {T | null} */
function attempt(parse) {
    try {
        return parse()
    } catch {
        return null
    }
}
