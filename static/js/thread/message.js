/**
 * `message.json`: who wrote a message, where it stands, and the signature over both.
 *
 * Ed25519 over seven lines of ASCII, which name the body by its hash and the message before by the
 * hash of its own lines, so that each signature vouches for the whole thread up to it.
 * `portal/offline/thread/message.py` writes and reads the same, byte for byte.
 */
import { ed25519, sha256 } from "../../vendor/age.js"
import { fromBase64Url, toBase64Url, toHex, utf8 } from "../bytes.js"
import { ArchiveRefused } from "../errors.js"

/**
 * @typedef {"staff" | "reporter"} Author
 *
 * @typedef {object} Heading  what is signed of a message
 * @property {string} report  its name on the portal
 * @property {Author} author
 * @property {number} sequence  place in the thread, from 1
 * @property {string} previous  link to the message before, hex; for the first, the SHA-256 of the
 *     payload of the report's main envelope
 * @property {number} keyset  version of the keyset it is sealed to, in which a staff key stands
 * @property {string} body_sha256  of the bytes of `body.json`, hex
 *
 * @typedef {object} Message  a heading, and the signature that came with it, not yet checked
 * @property {Heading} heading
 * @property {string} key  public key of whoever signed, base64url
 * @property {string} signature  base64url
 *
 * @typedef {{key: string, signature: string}} Signed  what a signer gives back, both base64url
 */

export const FORMAT = "portico/message/v1"
export const FILE = "message.json"

const MAX_BYTES = 4096 // the longest possible one takes some 700
const HIGHEST = 2 ** 31 - 1 // what every database can count to
const HEX64 = /^[0-9a-f]{64}$/
const REPORT = /^[0-9a-z][0-9a-z-]{0,63}$/
const KEY_BYTES = 32 // RFC 8032 section 5.1.5
const SIGNATURE_BYTES = 64 // RFC 8032 section 5.1.6
const TEXT = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true })

/**
 * @param {Heading} heading
 * @returns {import("../bytes.js").Bytes} the bytes under the signature
 */
export function signedLines({ report, author, sequence, previous, keyset, body_sha256 }) {
    const words = [FORMAT, report, author, sequence, previous, keyset, body_sha256]
    return utf8(words.map((word) => `${word}\n`).join(""))
}

/**
 * @param {Heading} heading
 * @returns {string} what the next message names this one by, hex
 */
export function linkOf(heading) {
    return toHex(sha256(signedLines(heading)))
}

/**
 * @param {Message} message
 * @returns {import("../bytes.js").Bytes} the bytes of `message.json`
 */
export function messageJson({ heading, key, signature }) {
    const { report, author, sequence, previous, keyset, body_sha256 } = heading
    const members = { report, author, sequence, previous, keyset, body_sha256, key, signature }
    return utf8(`${JSON.stringify({ format: FORMAT, ...members }, null, 2)}\n`)
}

/**
 * Read `message.json`; only the one way to write it is taken, so that no byte of it is free.
 * @param {Uint8Array} content
 * @returns {Message}
 * @throws {ArchiveRefused} it is written in any other way
 */
export function parseMessage(content) {
    const message = content.length <= MAX_BYTES ? messageFrom(content) : null
    if (message && sameBytes(messageJson(message), content)) return message
    throw new ArchiveRefused(`${FILE} is not a message in Portico's form`)
}

/**
 * Say whether the signature is that of the key it names; whose key that is, others judge.
 * @param {Message} message
 * @returns {boolean}
 */
export function isSigned({ heading, key, signature }) {
    try {
        const [signed, signer] = [fromBase64Url(signature), fromBase64Url(key)]
        if (signed.length !== SIGNATURE_BYTES || signer.length !== KEY_BYTES) return false
        return ed25519.verify(signed, signedLines(heading), signer, { zip215: false })
    } catch {
        return false // not base64url, or bytes that are no point of the curve
    }
}

/**
 * @param {Uint8Array} seed  an Ed25519 private key, 32 bytes
 * @returns {(lines: Uint8Array) => Signed} a signer for that key
 */
export function signer(seed) {
    const key = toBase64Url(ed25519.getPublicKey(seed))
    return (lines) => ({ key, signature: toBase64Url(ed25519.sign(lines, seed)) })
}

/** @param {Uint8Array} content @returns {Message | null} */
function messageFrom(content) {
    try {
        const { format, key, signature, ...heading } = JSON.parse(TEXT.decode(content))
        const texts = typeof key === "string" && typeof signature === "string"
        return format === FORMAT && texts && isHeading(heading) ? { heading, key, signature } : null
    } catch {
        return null
    }
}

/** @param {any} raw @returns {raw is Heading} */
function isHeading(raw) {
    return (
        isLike(raw.report, REPORT) &&
        (raw.author === "staff" || raw.author === "reporter") &&
        counts(raw.sequence) &&
        isLike(raw.previous, HEX64) &&
        counts(raw.keyset) &&
        isLike(raw.body_sha256, HEX64)
    )
}

/** @param {unknown} value @param {RegExp} shape */
function isLike(value, shape) {
    return typeof value === "string" && shape.test(value)
}

/** @param {unknown} value */
function counts(value) {
    return Number.isInteger(value) && Number(value) >= 1 && Number(value) <= HIGHEST
}

/** @param {Uint8Array} one @param {Uint8Array} other */
function sameBytes(one, other) {
    return one.length === other.length && one.every((byte, at) => byte === other[at])
}
