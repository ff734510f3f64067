/** An age file from outside: where its header ends, and the hash of what follows. No key needed. */
import { sha256 } from "../vendor/age.js"
import { toHex } from "./bytes.js"
import { ArchiveRefused } from "./errors.js"
import { chunksOf } from "./streams.js"

const READ_AHEAD = 256 * 1024 // bytes: 64 hybrid stanzas take about 100 KiB
const LATIN = new TextDecoder("latin1") // one character for each byte

/**
 * Read the header's text.
 * @param {Blob} file
 * @returns {Promise<string>} up to and with the end of its last line
 * @throws {ArchiveRefused} it is not an age file
 */
export async function headerOf(file) {
    const start = LATIN.decode(await file.slice(0, READ_AHEAD).arrayBuffer())
    const found = /^age-encryption\.org\/v1\n[^]*?\n--- [^\n]*\n/.exec(start)
    if (found) return found[0]
    throw new ArchiveRefused("it is not an age file")
}

/**
 * Hash what stays the same when a file is shared with somebody else.
 * @param {Blob} file
 * @returns {Promise<string>} SHA-256 of everything after the header, hex
 * @throws {ArchiveRefused} it is not an age file
 */
export async function payloadSha256(file) {
    const hash = sha256.create()
    const payload = file.slice((await headerOf(file)).length)
    for await (const chunk of chunksOf(payload.stream())) hash.update(chunk)
    return toHex(hash.digest())
}
