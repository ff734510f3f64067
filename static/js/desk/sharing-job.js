/**
 * Sharing one file, from what the portal hands out to the new header that goes back.
 *
 * Runs in the vault's worker, beside the identity: nothing that is opened here leaves it.
 */
import { Decrypter } from "../../vendor/age.js"
import { headerOf } from "../age-file.js"
import { kindOf } from "../recipients.js"
import { bytesOf } from "../streams.js"
import { unarchive } from "../unarchive.js"
import { START, requireOpens, rewrap } from "./rewrap.js"

/**
 * @typedef {import("../bytes.js").Bytes} Bytes
 *
 * @typedef {object} SharingJob
 * @property {Blob} file  header and payload; of a large file, the first `START` bytes of the payload
 * @property {string} role  of the file in its report; a note has one that no report file has
 * @property {string[]} recipients  of the keyset that shall open it
 */

const MAIN = ["report", "sealed"]
const DOCUMENT = "report.json"
const TEXT = new TextDecoder("utf-8", { fatal: true })

/**
 * @param {SharingJob} job
 * @param {readonly string[]} identities
 * @returns {Promise<Bytes>} the new header, through which the file was opened
 * @throws {import("../errors.js").PorticoError} it does not open, before or after; nothing is to be
 *     sent then
 */
export async function share({ file, role, recipients }, identities) {
    const [header, payload] = await parts(file)
    // No age payload has this length, so a beginning is never taken for a whole.
    const whole = payload.length !== START
    // Only the file that names the reporter's key gives it to them. Were it taken from one file and
    // used for another, whoever swaps files on the server could have any of them shared with a key
    // of their own. The reporter loses nothing: they get each file with its original header.
    const own = whole && MAIN.includes(role) ? await reporterOf(file, identities) : null
    const made = await rewrap(header, identities, withReporter(recipients, own))
    await requireOpens(made, payload, whole, identities)
    return made
}

/** @param {Blob} file @returns {Promise<[Bytes, Bytes]>} header and payload */
async function parts(file) {
    const length = (await headerOf(file)).length
    return [await bytes(file.slice(0, length)), await bytes(file.slice(length))]
}

/** @param {Blob} blob */
async function bytes(blob) {
    return new Uint8Array(await blob.arrayBuffer())
}

/**
 * Read the reporter's recipient in a report that a form made.
 * @param {Blob} file
 * @param {readonly string[]} identities
 * @returns {Promise<unknown>} null when it names none
 */
async function reporterOf(file, identities) {
    const decrypter = new Decrypter()
    for (const identity of identities) decrypter.addIdentity(identity)
    try {
        const plain = await bytesOf(await decrypter.decrypt(file.stream()))
        const document = unarchive(plain).find(({ name }) => name === DOCUMENT)
        return document ? JSON.parse(TEXT.decode(document.bytes)).reporter?.recipient : null
    } catch {
        return null // not sealed by a form; a file that does not open at all is refused next
    }
}

/**
 * A reporter may write anything there; what cannot stand beside the staff's keys is left out.
 * @param {string[]} recipients
 * @param {unknown} own
 */
function withReporter(recipients, own) {
    const usable = typeof own === "string" && kindOf(own) === kindOf(recipients[0])
    return usable && !recipients.includes(own) ? [...recipients, own] : recipients
}
