/**
 * Signed statements: what the server or the root key said, checkable by anyone.
 *
 * A compact JWS (RFC 7515) over JSON claims, signed with Ed25519 (RFC 8037). Every kind has its own
 * `typ`, and a reader names the one it expects. Dates inside are the caller's to judge.
 * `portal/policy/statement.py` writes and reads the same.
 */
import { ed25519, sha256 } from "../vendor/age.js"
import { fromBase64Url, toBase64Url, toHex, utf8 } from "./bytes.js"
import { StatementRefused } from "./errors.js"

export const KEYSET = "portico-keyset+jwt"
export const SCOPE_RECEIPT = "portico-scope-receipt+jwt"
export const REPORT_RECEIPT = "portico-report-receipt+jwt"

const KEY_BYTES = 32 // an Ed25519 public key, RFC 8032 section 5.1.5
const MAX_CHARACTERS = 512 * 1024 // 64 hybrid recipients make a keyset of about 170 KiB
const SHAPE = /^[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+$/
const TEXT = new TextDecoder("utf-8", { fatal: true })

/** @typedef {Record<string, unknown>} Claims */

/**
 * Name a key: lower-case hex SHA-256 of its 32 raw bytes, the `kid` of its statements.
 * @param {Uint8Array} key
 * @returns {string}
 */
export function fingerprint(key) {
    return toHex(sha256(key))
}

/**
 * Read a key written as unpadded base64url of its raw bytes.
 * @param {unknown} text
 * @returns {Uint8Array}
 * @throws {StatementRefused} not a string, not canonical, or not 32 bytes
 */
export function parseKey(text) {
    const raw = typeof text === "string" ? decoded(text) : new Uint8Array()
    if (raw.length !== KEY_BYTES) {
        throw new StatementRefused("a signing key in it is not 32 bytes in unpadded base64url")
    }
    return raw
}

/**
 * Return the claims of a statement of this kind that this key signed.
 * @param {string} text
 * @param {{key: Uint8Array, typ: string}} expected
 * @returns {Claims}
 * @throws {StatementRefused} not a statement, of another kind or algorithm, by another key, or
 *     altered after signing
 */
export function verify(text, { key, typ }) {
    const { header, claims, signed, signature } = parts(text, typ)
    const jwk = header.jwk === undefined || sameKey(header.jwk, key)
    if (header.kid !== fingerprint(key) || !jwk) {
        throw new StatementRefused("it names another key than the one it should be signed with")
    }
    if (!fits(signature, signed, key)) {
        throw new StatementRefused("its signature does not fit its contents")
    }
    return objectFrom(claims, "its claims are")
}

/**
 * Return the claims as they are written, for a reader to whom the writing matters.
 * @param {string} text  that `verify` has taken
 * @returns {string} JSON
 */
export function claimsText(text) {
    return TEXT.decode(decoded(text.split(".")[1]))
}

/**
 * Return the key a statement carries; only a pinned fingerprint makes that key trustworthy.
 * @param {string} text
 * @param {string} typ
 * @returns {Uint8Array}
 * @throws {StatementRefused} not a statement of this kind, or the key is absent or malformed
 */
export function embeddedKey(text, typ) {
    const { jwk } = parts(text, typ).header
    const key = parseKey(/** @type {Claims | undefined} */ (jwk)?.x)
    if (!sameKey(jwk, key)) {
        throw new StatementRefused("the key it carries is not a plain Ed25519 public key")
    }
    return key
}

/**
 * Take a statement apart, every member of its header known.
 * @param {string} text
 * @param {string} typ
 */
function parts(text, typ) {
    if (text.length > MAX_CHARACTERS || !SHAPE.test(text)) {
        throw new StatementRefused("it is not three base64url parts joined by dots")
    }
    const [first, second, third] = text.split(".")
    const header = objectFrom(decoded(first), "its header is")
    const names = Object.keys(header).filter((name) => name !== "jwk").sort().join()
    if (names !== "alg,kid,typ") {
        throw new StatementRefused("its header does not have exactly the members alg, typ and kid")
    }
    if (header.alg !== "EdDSA") throw new StatementRefused("it is not signed with EdDSA")
    if (header.typ !== typ) throw new StatementRefused(`it is not of the kind ${typ}`)
    const signed = utf8(`${first}.${second}`)
    return { header, claims: decoded(second), signed, signature: decoded(third) }
}

/** @param {Uint8Array} signature @param {Uint8Array} signed @param {Uint8Array} key */
function fits(signature, signed, key) {
    try {
        // Strict verification: one signature per message and key, as RFC 8032 section 5.1.7 has it.
        return ed25519.verify(signature, signed, key, { zip215: false })
    } catch {
        return false // wrong length, or bytes that are no point of the curve
    }
}

/** @param {unknown} jwk  (RFC 8037 section 2) @param {Uint8Array} key */
function sameKey(jwk, key) {
    if (typeof jwk !== "object" || jwk === null) return false
    const { kty, crv, x, ...more } = /** @type {Claims} */ (jwk)
    const plain = kty === "OKP" && crv === "Ed25519" && Object.keys(more).length === 0
    return plain && x === toBase64Url(key)
}

/** @param {string} text */
function decoded(text) {
    try {
        return fromBase64Url(text)
    } catch {
        throw new StatementRefused("a part of it is not canonical base64url")
    }
}

/**
 * @param {Uint8Array} bytes
 * @param {string} subject  what they are, with its verb
 * @returns {Claims}
 */
function objectFrom(bytes, subject) {
    try {
        const value = JSON.parse(TEXT.decode(bytes))
        if (typeof value === "object" && value !== null && !Array.isArray(value)) return value
    } catch {
        // refused below, with the same words as any other value that is no object
    }
    throw new StatementRefused(`${subject} not a JSON object`)
}
