/**
 * Where an identity is held: it goes in, and only what it opens, signs and seals comes out.
 *
 * Runs in the vault's worker; nothing here touches the network, a page or any storage.
 */
import { Decrypter } from "../../vendor/age.js"
import { payloadSha256 } from "../age-file.js"
import { IdentityRefused } from "../errors.js"
import { hashing } from "../sealing.js"
import { slices } from "../unpacking.js"
import { sealMessage } from "../thread/composing.js"
import { signer } from "../thread/message.js"
import { readIdentity } from "./identity-file.js"
import { memoBytes } from "./memo.js"
import { share } from "./sharing-job.js"

/**
 * @typedef {import("./identity-file.js").Card} Card
 * @typedef {import("../sealing-job.js").Progress} Progress  in bytes of the age file
 *
 * @typedef {object} Opened  an age file, opened; every byte of it was authenticated
 * @property {Blob} plain  what was inside
 * @property {string} sha256  of that, hex
 * @property {string} payloadSha256  of the age file's payload, hex
 * @property {import("../unpacking.js").Slice[] | null} files  null when it is no archive of ours
 */

const SIGNED = ["portico/message/v1\n", "portico/memo/v1\n"] // how all begins that staff sign
const COLLECTED = 4 * 1024 * 1024 // bytes kept in script before the browser takes them over
const TEXT = new TextDecoder()

/** Holds one identity. */
export class Strongroom {
    /** @type {import("./identity-file.js").Identity | null} */
    #identity = null

    /**
     * @param {Blob} file
     * @param {string | null} passphrase
     * @returns {Promise<Card | null>} its public halves; null when it takes a passphrase
     * @throws {IdentityRefused}
     */
    async unlock(file, passphrase) {
        const found = await readIdentity(file, passphrase)
        if (found === "locked") return null
        this.#identity = found
        return found.card
    }

    /**
     * Open an age file as a stream, so that its size costs no memory.
     * @param {Blob} file
     * @param {Progress} progress
     * @returns {Promise<Opened>}
     * @throws {IdentityRefused} not sealed to this identity, or altered
     * @throws {import("../errors.js").ArchiveRefused} it is not an age file
     */
    async open(file, progress) {
        const payload = await payloadSha256(file)
        const { plain, sha256 } = await this.#plain(file, progress)
        const files = await slices(plain).catch(() => null)
        return { plain, sha256, payloadSha256: payload, files }
    }

    /**
     * Sign lines that staff sign, and nothing else: this is no oracle for other statements.
     * @param {Uint8Array} lines
     * @returns {import("../thread/message.js").Signed}
     * @throws {IdentityRefused} no signing key, or lines of another kind
     */
    sign(lines) {
        if (!SIGNED.some((start) => TEXT.decode(lines.subarray(0, start.length)) === start)) {
            throw refused("This is not something that staff sign.", "Load the page again.")
        }
        return signer(this.#seed)(lines)
    }

    /**
     * @param {import("../thread/composing.js").MessageJob} job
     * @param {Progress} progress
     * @returns {Promise<import("../thread/composing.js").SealedMessage>}
     */
    sealMessage(job, progress) {
        return sealMessage(job, (lines) => this.sign(lines), progress)
    }

    /**
     * @param {import("./memo.js").Memo} memo
     * @param {string[]} recipients
     * @returns {Promise<Blob>} an age file
     */
    sealMemo(memo, recipients) {
        return memoBytes(memo, recipients, (lines) => this.sign(lines))
    }

    /**
     * Share a file by a new header; what it holds stays in here.
     * @param {import("./sharing-job.js").SharingJob} job
     * @returns {Promise<import("../bytes.js").Bytes>} the header
     */
    share(job) {
        return share(job, [this.#opening])
    }

    /** @returns {string} the identity that opens, for those who work in here */
    get #opening() {
        if (this.#identity) return this.#identity.opening
        throw refused("No identity is open here.", "Choose your identity file again.")
    }

    get #seed() {
        const seed = this.#identity?.seed
        if (seed && this.#opening) return seed
        throw refused(
            "Your identity file holds no signing key, so nothing can be signed with it.",
            "Make one with `portico keygen`, and have it added to the keyset.",
        )
    }

    /** @param {Blob} file @param {Progress} progress */
    async #plain(file, progress) {
        const decrypter = new Decrypter()
        decrypter.addIdentity(this.#opening)
        let done = 0
        try {
            const told = hashing(file.stream(), (bytes) => progress((done += bytes), file.size))
            const { stream, sha256 } = hashing(await decrypter.decrypt(told.stream))
            return { plain: await kept(stream), sha256: sha256() }
        } catch {
            throw refused(
                "This file does not open with your identity.",
                "It was sealed before your key was added, or it was altered on the way.",
            )
        }
    }
}

/**
 * Collect a stream in the browser's keeping, so that script memory stays constant.
 * @param {ReadableStream<Uint8Array>} stream
 * @returns {Promise<Blob>} of no type, so that nothing ever shows it as a page
 */
async function kept(stream) {
    let whole = new Blob()
    /** @type {BlobPart[]} */
    let parts = []
    let size = 0
    const reader = stream.getReader()
    for (let next = await reader.read(); !next.done; next = await reader.read()) {
        parts.push(new Uint8Array(next.value))
        size += next.value.length
        if (size < COLLECTED) continue
        whole = new Blob([whole, ...parts])
        ;[parts, size] = [[], 0]
    }
    return new Blob([whole, ...parts])
}

/** @param {string} message @param {string} hint */
function refused(message, hint) {
    return new IdentityRefused(message, { hint })
}
