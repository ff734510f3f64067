/**
 * The keyset: whose keys a report is sealed to, vouched for by a root key that stays offline.
 *
 * Takes text and judges it; fetching it and remembering versions are for others.
 * `portal/policy/keyset.py` refuses the same.
 */
import { sha256 } from "../vendor/age.js"
import { toHex, utf8 } from "./bytes.js"
import { KeysetRefused } from "./errors.js"
import {
    RECOVERY,
    asKeysetFault,
    entryFrom,
    moment,
    receiptKeyFrom,
    requireMembers,
} from "./keyset-entries.js"
import { MAX_RECIPIENTS, kindOf } from "./recipients.js"
import * as statement from "./statement.js"

/**
 * @typedef {import("./recipients.js").Kind} Kind
 * @typedef {import("./keyset-entries.js").Member} Member
 *
 * @typedef {object} Keyset  all of it checked
 * @property {string} fingerprint  of the root key that signed it, hex
 * @property {string} program  slug
 * @property {number} version
 * @property {number} created  seconds since 1970
 * @property {number} expires  likewise
 * @property {Kind} kind
 * @property {Member[]} entries
 * @property {string[]} recipients
 * @property {Uint8Array} receiptKey  the key receipts are checked against
 * @property {string} sha256  of the published text, hex
 */

const LIFETIME = 30 * 86400 // seconds: a first visit relies on expiry alone, so it must be near
const CLOCK_SKEW = 600 // seconds a reader's clock may run behind the root's
const ISSUER = "urn:portico:root:"
const HIGHEST_VERSION = 2 ** 31 - 1 // what every database can count to
const STRINGS = /"(?:[^"\\]|\\.)*"/g
const FRACTION = /\d[.eE]/
const CLAIMS = "entries exp iat iss kind previous program receipt_key version".split(" ") // sorted

/**
 * Read a published keyset, checking everything a sender relies on.
 * @param {string} text  the signed statement as published
 * @param {object} expected
 * @param {string | null} expected.root  fingerprint the reader has pinned; null takes any root
 * @param {string} expected.program  slug of the program the reader means
 * @param {number} expected.now  seconds since 1970
 * @param {number} [expected.newestSeen]  highest version the reader has met
 * @returns {Keyset}
 * @throws {KeysetRefused} unsigned, altered, of another root or program, not current, or with
 *     entries that are malformed, mixed, repeated, too many, or without recovery
 */
export function verifyKeyset(text, { root, program, now, newestSeen = 0 }) {
    const keyset = readKeyset(text, { root, program })
    if (keyset.version < newestSeen) {
        const seen = `version ${newestSeen} was seen before, and this is ${keyset.version}`
        throw new KeysetRefused(seen)
    }
    requireCurrent(keyset, now)
    return keyset
}

/**
 * Read a keyset of any age: to see who signed a message in days gone by. Nothing may be sealed to
 * what this returns; `verifyKeyset` is for that.
 * @param {string} text  the signed statement as published
 * @param {{root: string | null, program: string}} expected  as in `verifyKeyset`
 * @returns {Keyset}
 * @throws {KeysetRefused} as `verifyKeyset`, except that the set may be old or expired
 */
export function readKeyset(text, { root, program }) {
    const published = text.trim()
    const { key, claims } = opened(published, root)
    requireMembers(claims, CLAIMS)
    const fingerprint = statement.fingerprint(key)
    if (claims.iss !== ISSUER + fingerprint) {
        throw new KeysetRefused("it names another issuer than the root that signed it")
    }
    if (claims.program !== program) throw new KeysetRefused("it belongs to another program")
    const version = versionFrom(claims.version)
    const [created, expires] = [moment(claims.iat), moment(claims.exp)]
    requirePrevious(claims.previous)
    const entries = entriesFrom(claims.entries)
    return {
        fingerprint,
        program,
        version,
        created,
        expires,
        kind: kindFrom(claims.kind, entries),
        entries,
        recipients: entries.map((entry) => entry.recipient),
        receiptKey: receiptKeyFrom(claims.receipt_key),
        sha256: toHex(sha256(utf8(published))),
    }
}

/** @param {string} text @param {string | null} root */
function opened(text, root) {
    return asKeysetFault(() => {
        const key = statement.embeddedKey(text, statement.KEYSET)
        if (root !== null && statement.fingerprint(key) !== root) {
            throw new KeysetRefused("it was signed by another root than the one you pinned")
        }
        const claims = statement.verify(text, { key, typ: statement.KEYSET })
        requireWholeNumbers(statement.claimsText(text))
        return { key, claims }
    })
}

/**
 * Refuse `1.0` and `1e0`, which this language takes for 1 and the command line for no whole number.
 * @param {string} json  well-formed
 */
function requireWholeNumbers(json) {
    if (!FRACTION.test(json.replace(STRINGS, '""'))) return
    throw new KeysetRefused("a number in it is not written as a whole number")
}

/**
 * Check that the set is the current one.
 * @param {Keyset} keyset
 * @param {number} now
 */
function requireCurrent({ created, expires }, now) {
    if (expires <= created || expires - created > LIFETIME) {
        throw new KeysetRefused("it must expire within 30 days of being signed")
    }
    if (created > now + CLOCK_SKEW) {
        throw new KeysetRefused(`it is dated in the future, ${day(created)}`)
    }
    if (expires <= now) throw new KeysetRefused(`it expired on ${day(expires)}`)
}

/** @param {unknown} raw @returns {Member[]} */
function entriesFrom(raw) {
    if (!Array.isArray(raw) || raw.length < 1 || raw.length > MAX_RECIPIENTS) {
        throw new KeysetRefused(`it must list between 1 and ${MAX_RECIPIENTS} recipients`)
    }
    const entries = raw.map(entryFrom)
    if (new Set(entries.map((entry) => entry.recipient)).size !== entries.length) {
        throw new KeysetRefused("it lists a recipient twice")
    }
    if (!entries.some((entry) => entry.role === RECOVERY)) {
        throw new KeysetRefused("it has no recovery recipient")
    }
    return entries
}

/** @param {unknown} stated @param {Member[]} entries @returns {Kind} */
function kindFrom(stated, entries) {
    const kinds = new Set(entries.map((entry) => kindOf(entry.recipient)))
    // The age library would seal to both kinds, and the weaker one would decide.
    if (kinds.size > 1) throw new KeysetRefused("it mixes hybrid and classic recipients")
    const [kind] = kinds
    if (stated !== kind) throw new KeysetRefused("it names another kind than its recipients have")
    return /** @type {Kind} */ (kind)
}

/** @param {unknown} raw @returns {number} */
function versionFrom(raw) {
    const version = Number.isInteger(raw) ? Number(raw) : 0
    if (version >= 1 && version <= HIGHEST_VERSION) return version
    throw new KeysetRefused(`its version is not a whole number from 1 to ${HIGHEST_VERSION}`)
}

/** @param {unknown} raw */
function requirePrevious(raw) {
    if (raw === null || (typeof raw === "string" && /^[0-9a-f]{64}$/.test(raw))) return
    throw new KeysetRefused("its link to the set before it is not a SHA-256 in hex")
}

/** @param {number} moment  seconds since 1970 */
function day(moment) {
    return `${new Date(moment * 1000).toISOString().slice(0, 16).replace("T", " ")} UTC`
}
