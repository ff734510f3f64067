/** Sealing: from a padded archive to an age file that only its recipients can open. */
import { Encrypter, sha256 } from "../vendor/age.js"
import { toHex } from "./bytes.js"
import { requireOneKind } from "./recipients.js"
import { chunksOf } from "./streams.js"

/**
 * @typedef {object} Sealed  an age file and what receipts say about it
 * @property {Blob} blob
 * @property {number} length  bytes
 * @property {string} sha256  of the whole file, hex
 * @property {string} headerSha256  of the header, hex
 * @property {string} payloadSha256  of everything after the header, hex
 */

const CHUNK = 64 * 1024 // bytes of plaintext per chunk of an age payload (age v1, "Payload")
const TAG = 16 // bytes of authentication on each chunk
const NONCE = 16 // bytes at the start of a payload
const COLLECTED = 4 * 1024 * 1024 // bytes kept in script before the browser takes them over

/**
 * Seal a stream so that only the recipients can open it.
 * @param {import("./archive.js").Archive} archive
 * @param {readonly string[]} recipients  all hybrid or all classic
 * @returns {Promise<{stream: ReadableStream<Uint8Array>, length: number, headerLength: number}>}
 *     an age file, and sizes in bytes known before it is read
 * @throws {import("./errors.js").SealingRefused} the set is empty, too large or mixed
 */
export async function seal(archive, recipients) {
    requireOneKind(recipients)
    const encrypter = new Encrypter()
    for (const recipient of recipients) encrypter.addRecipient(recipient)
    const stream = await encrypter.encrypt(archive.stream)
    const length = stream.size(archive.length)
    return { stream, length, headerLength: length - payloadLength(archive.length) }
}

/**
 * Seal an archive and collect the age file, hashing it on the way.
 * @param {import("./archive.js").Archive} archive
 * @param {readonly string[]} recipients
 * @returns {Promise<Sealed>}
 */
export async function sealed(archive, recipients) {
    const { stream, length, headerLength } = await seal(archive, recipients)
    const collector = new Collector(headerLength)
    for await (const chunk of chunksOf(stream)) collector.add(chunk)
    if (collector.length !== length) throw new Error("an age file has another size than expected")
    return collector.finish()
}

/**
 * Hash a stream as it passes by.
 * @param {ReadableStream<Uint8Array>} stream
 * @param {(bytes: number) => void} [passed]  told how many bytes each chunk had
 * @returns {{stream: ReadableStream<Uint8Array>, sha256: () => string}} the hash (hex) of all that
 *     was read so far
 */
export function hashing(stream, passed = () => undefined) {
    const hash = sha256.create()
    const tap = new TransformStream({
        transform(chunk, controller) {
            hash.update(chunk)
            passed(chunk.length)
            controller.enqueue(chunk)
        },
    })
    return { stream: stream.pipeThrough(tap), sha256: () => toHex(hash.clone().digest()) }
}

/** @param {number} length  bytes of plaintext */
function payloadLength(length) {
    const chunks = Math.max(1, Math.ceil(length / CHUNK))
    return NONCE + length + TAG * chunks
}

/** Gathers an age file in the browser's keeping, so that script memory stays constant. */
class Collector {
    /** @type {import("./bytes.js").Bytes[]} */
    #parts = []
    #partsLength = 0
    #blob = new Blob()
    #whole = sha256.create()
    #header = sha256.create()
    #payload = sha256.create()

    /** @param {number} headerLength  bytes */
    constructor(headerLength) {
        this.headerLength = headerLength
        this.length = 0
    }

    /** @param {Uint8Array} chunk */
    add(chunk) {
        const inHeader = Math.max(0, Math.min(chunk.length, this.headerLength - this.length))
        this.#whole.update(chunk)
        this.#header.update(chunk.subarray(0, inHeader))
        this.#payload.update(chunk.subarray(inHeader))
        this.#parts.push(new Uint8Array(chunk))
        this.#partsLength += chunk.length
        this.length += chunk.length
        if (this.#partsLength >= COLLECTED) this.#hand()
    }

    /** @returns {Sealed} */
    finish() {
        this.#hand()
        return {
            blob: this.#blob,
            length: this.length,
            sha256: toHex(this.#whole.digest()),
            headerSha256: toHex(this.#header.digest()),
            payloadSha256: toHex(this.#payload.digest()),
        }
    }

    #hand() {
        this.#blob = new Blob([this.#blob, ...this.#parts], { type: "application/octet-stream" })
        this.#parts = []
        this.#partsLength = 0
    }
}
