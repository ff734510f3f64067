/**
 * Sharing a sealed file with more people: a new header for the file key of the old one.
 *
 * The payload stays as it is, to the byte. What this gives, nothing takes back: whoever could open
 * the file under its old header still can. `portal/offline/reshare.py` does the same.
 */
import {
    Decrypter,
    HybridRecipient,
    X25519Recipient,
    encodeHeader,
    encodeHeaderNoMAC,
    hkdf,
    hmac,
    sha256,
} from "../../vendor/age.js"
import { utf8 } from "../bytes.js"
import { IdentityRefused, SealingRefused } from "../errors.js"
import { requireOneKind } from "../recipients.js"

/** @typedef {import("../bytes.js").Bytes} Bytes */

const NOTHING_SENT = { hint: "Nothing was sent; the file stays as it was." }
const NOT_OPENED = "This file does not open with your identity."
const NOT_YOURS = "The new header does not open with your identity."
const MAC_LABEL = utf8("header") // age v1, "Header MAC"
const MAC_KEY_BYTES = 32

/** Bytes: the nonce, one whole chunk with its tag, and one byte that shows it is not the last. */
export const START = 16 + 64 * 1024 + 16 + 1

/**
 * Write a new header for a file, and make sure that it gives the same file key.
 * @param {Uint8Array} header  of the file, up to and with the end of its last line
 * @param {readonly string[]} identities  one of which opens the file and is among the recipients
 * @param {readonly string[]} recipients  all who shall open it, of one kind
 * @returns {Promise<Bytes>} the new header
 * @throws {IdentityRefused} none of the identities opens the file, or its header was altered
 * @throws {SealingRefused} the recipients are no set to seal to, or the identity is not among them
 */
export async function rewrap(header, identities, recipients) {
    requireOneKind(recipients)
    const fileKey = await fileKeyOf(header, identities, NOT_OPENED)
    const made = await headerFor(fileKey, recipients)
    await fileKeyOf(made, identities, NOT_YOURS) // its code fits the one file key that made it
    return made
}

/**
 * Open a file through a header, as far as its payload is given.
 * @param {Uint8Array} header
 * @param {Uint8Array} payload  all of it, or at least `START` bytes from its beginning: each chunk is
 *     authenticated by itself, so the first one shows that the key is the right one
 * @param {boolean} whole  whether that is all of it
 * @param {readonly string[]} identities
 * @returns {Promise<void>}
 * @throws {SealingRefused} it does not open
 */
export async function requireOpens(header, payload, whole, identities) {
    try {
        if (!whole && payload.length < START) throw new RangeError("too little of the payload")
        const plain = await decrypter(identities).decrypt(streamOf([header, payload], whole))
        const reader = plain.getReader()
        do {
            if ((await reader.read()).done) return
        } while (whole)
        await reader.cancel()
    } catch {
        throw new SealingRefused("The file does not open through its new header.", NOTHING_SENT)
    }
}

/** @param {Uint8Array} header @param {readonly string[]} identities @param {string} otherwise */
async function fileKeyOf(header, identities, otherwise) {
    try {
        return await decrypter(identities).decryptHeader(header)
    } catch {
        throw new IdentityRefused(otherwise, NOTHING_SENT)
    }
}

/** @param {Uint8Array} fileKey @param {readonly string[]} recipients @returns {Promise<Bytes>} */
async function headerFor(fileKey, recipients) {
    const stanzas = []
    for (const one of recipients) stanzas.push(...(await recipientOf(one).wrapFileKey(fileKey)))
    const macKey = hkdf(sha256, fileKey, undefined, MAC_LABEL, MAC_KEY_BYTES)
    const mac = hmac(sha256, macKey, encodeHeaderNoMAC(stanzas))
    return new Uint8Array(encodeHeader(stanzas, mac))
}

/** @param {string} text */
function recipientOf(text) {
    return text.startsWith("age1pq1") ? new HybridRecipient(text) : new X25519Recipient(text)
}

/** @param {readonly string[]} identities */
function decrypter(identities) {
    const made = new Decrypter()
    for (const identity of identities) made.addIdentity(identity)
    return made
}

/**
 * A stream that ends only where the file does: what was cut would be refused at its end.
 * @param {Uint8Array[]} parts
 * @param {boolean} whole
 * @returns {ReadableStream<Uint8Array>}
 */
function streamOf(parts, whole) {
    return new ReadableStream({
        start(controller) {
            for (const part of parts) controller.enqueue(part)
            if (whole) controller.close()
        },
    })
}
