/**
 * Public age keys, and the rule that one file is sealed to one kind of them.
 *
 * The age library would silently seal to hybrid and classic keys at once, and the weaker kind
 * would decide how long the secret lasts; so the mixture is refused here, before it is asked.
 */
import { bech32 } from "../vendor/age.js"
import { SealingRefused } from "./errors.js"

/** @typedef {"hybrid" | "classic"} Kind  post-quantum `age1pq1…`, or X25519 `age1…` */

export const MAX_STANZAS = 64 // the most a portal takes in one age file
export const MAX_RECIPIENTS = MAX_STANZAS - 2 // leaves a place for the reporter and one for grease

/** @type {Record<string, {kind: Kind, bytes: number} | undefined>} */
const KINDS = {
    age: { kind: "classic", bytes: 32 }, // an X25519 share
    age1pq: { kind: "hybrid", bytes: 1216 }, // ML-KEM-768 key and X25519 share
}

/**
 * @param {unknown} text
 * @returns {Kind | null} null when it is not a public age key, written the one way age writes it
 */
export function kindOf(text) {
    if (typeof text !== "string" || text !== text.toLowerCase()) return null
    const decoded = bech32.decodeUnsafe(text, false)
    const found = decoded && KINDS[decoded.prefix]
    if (!found) return null
    const bytes = bech32.fromWordsUnsafe(decoded.words)
    return bytes && bytes.length === found.bytes ? found.kind : null
}

/**
 * Check a whole set before anything is sealed to it.
 * @param {readonly string[]} recipients
 * @returns {Kind} the kind that all of them share
 * @throws {SealingRefused} none, too many, repeated, malformed or mixed
 */
export function requireOneKind(recipients) {
    if (recipients.length === 0) throw new SealingRefused("There is nobody to seal this report to.")
    if (recipients.length > MAX_STANZAS) {
        throw new SealingRefused(`A report can be sealed to ${MAX_STANZAS} keys at most.`)
    }
    if (new Set(recipients).size !== recipients.length) {
        throw new SealingRefused("The same key is listed twice.")
    }
    const kinds = new Set(recipients.map(kindOf))
    if (kinds.has(null)) throw new SealingRefused("One of the keys is not a public age key.")
    if (kinds.size > 1) {
        throw new SealingRefused("Post-quantum and classic keys cannot be used together.")
    }
    return /** @type {Kind} */ ([...kinds][0])
}
