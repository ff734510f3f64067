/** Opening an envelope again with the keys that follow from one's own token. */
import { Decrypter, sha256 } from "../vendor/age.js"
import { headerOf } from "./age-file.js"
import { toHex } from "./bytes.js"
import { IdentityRefused } from "./errors.js"
import { bytesOf } from "./streams.js"
import { unarchive } from "./unarchive.js"

/**
 * @typedef {import("./token.js").ReplyKind} ReplyKind
 * @typedef {import("./unarchive.js").Unpacked} Unpacked
 *
 * @typedef {object} Plain  an archive that was opened, still packed
 * @property {import("./bytes.js").Bytes} bytes
 * @property {string} sha256  hex; what a report or a message names its files by
 */

/**
 * Open an envelope that was sealed to the token's reply key.
 * @param {Blob} envelope  an age file
 * @param {import("./token.js").Token} token
 * @returns {Promise<Unpacked[]>} its files
 * @throws {IdentityRefused} sealed without this token's key, or altered
 * @throws {import("./errors.js").ArchiveRefused} what was inside is not what Portico packs
 */
export async function openEnvelope(envelope, token) {
    return unarchive((await openPlain(envelope, token)).bytes)
}

/**
 * Open an envelope without unpacking it.
 * @param {Blob} envelope  an age file
 * @param {import("./token.js").Token} token
 * @returns {Promise<Plain>}
 * @throws {IdentityRefused} sealed without this token's key, or altered
 * @throws {import("./errors.js").ArchiveRefused} it is not an age file
 */
export async function openPlain(envelope, token) {
    const decrypter = new Decrypter()
    decrypter.addIdentity(token.replyIdentity(await replyKindOf(envelope)))
    const bytes = await opened(decrypter, envelope)
    return { bytes, sha256: toHex(sha256(bytes)) }
}

/** @param {Decrypter} decrypter @param {Blob} envelope */
async function opened(decrypter, envelope) {
    try {
        return await bytesOf(await decrypter.decrypt(envelope.stream()))
    } catch {
        throw new IdentityRefused("This envelope does not open with your token.", {
            hint: "It was sealed without your own key, or it was altered on the way.",
        })
    }
}

/**
 * See from the header which of the token's two keys can open a file.
 * @param {Blob} envelope
 * @returns {Promise<ReplyKind>}
 */
export async function replyKindOf(envelope) {
    const lines = (await headerOf(envelope)).split("\n")
    const hybrid = lines.some((line) => line.startsWith("-> mlkem768x25519 "))
    return hybrid ? "mlkem768x25519" : "x25519"
}
