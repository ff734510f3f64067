/** Opening an envelope again with the keys that follow from one's own token. */
import { Decrypter } from "../vendor/age.js"
import { ArchiveRefused, IdentityRefused } from "./errors.js"
import { bytesOf } from "./streams.js"
import { unarchive } from "./unarchive.js"

/** @typedef {import("./token.js").ReplyKind} ReplyKind */

const MAX_STANZA_LINES = 64 * 40 // far beyond a header of 64 hybrid recipients
const READ_AHEAD = 256 * 1024 // bytes: 64 hybrid stanzas take about 100 KiB

/**
 * Open an envelope that was sealed to the token's reply key.
 * @param {Blob} envelope  an age file
 * @param {import("./token.js").Token} token
 * @returns {Promise<import("./unarchive.js").Unpacked[]>} its files
 * @throws {IdentityRefused} sealed without this token's key, or altered
 * @throws {ArchiveRefused} what was inside is not what Portico packs
 */
export async function openEnvelope(envelope, token) {
    const decrypter = new Decrypter()
    decrypter.addIdentity(token.replyIdentity(await replyKindOf(envelope)))
    return unarchive(await opened(decrypter, envelope))
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
    const ahead = await envelope.slice(0, READ_AHEAD).arrayBuffer()
    const start = new TextDecoder("latin1").decode(ahead)
    const header = start.split("\n---", 1)[0].split("\n").slice(0, MAX_STANZA_LINES)
    if (header[0] !== "age-encryption.org/v1") throw new ArchiveRefused("it is not an age file")
    const hybrid = header.some((line) => line.startsWith("-> mlkem768x25519 "))
    return hybrid ? "mlkem768x25519" : "x25519"
}
