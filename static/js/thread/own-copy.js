/** The reporter's own copy of the report: what it pins, and what is left open without it. */
import { ed25519 } from "../../vendor/age.js"
import { payloadSha256 } from "../age-file.js"
import { toBase64Url } from "../bytes.js"
import { PorticoError } from "../errors.js"
import { openEnvelope } from "../opening.js"
import { FORMAT } from "../report-document.js"
import { MADE_BY_CLIENT } from "../token.js"

/**
 * @typedef {import("../unarchive.js").Unpacked} Unpacked
 * @typedef {{root: string, sealedTo: number}} Pin  fingerprint of the program's root key (hex) and
 *     the keyset version in force, both as they were when the report was sealed
 *
 * @typedef {object} OwnCopy
 * @property {string} start  SHA-256 of the payload of the report's envelope, as it was read, hex
 * @property {Unpacked[] | null} files  null when the token does not open it
 * @property {string | null} attachments  SHA-256 of the archive of files that the report names, hex
 * @property {Pin | null} pin
 * @property {string} doubt  why there is no pin, one sentence; empty when there is one
 */

const HEX64 = /^[0-9a-f]{64}$/
const TEXT = new TextDecoder()
const NO_COPY =
    "You kept no copy of the report that your token opens. The copy names the key that vouches " +
    "for the program's staff, so without it this page cannot check who signed their messages."
const OTHER = "The copy that opened is not a report that was made with this token."

/**
 * Open one's own copy, and take from it what later messages are checked against.
 * @param {Blob} envelope  the report's main age file
 * @param {import("../token.js").Token} token
 * @param {string} program  slug, as the portal says
 * @returns {Promise<OwnCopy>}
 * @throws {import("../errors.js").ArchiveRefused} it is not an age file
 */
export async function ownCopy(envelope, token, program) {
    const start = await payloadSha256(envelope)
    const files = await opened(envelope, token)
    const document = documentIn(files ?? [])
    const pin = pinIn(document, signingKey(token), program)
    const attachments = document?.attachments?.sha256 ?? null
    return { start, files, attachments, pin, doubt: pin ? "" : files ? OTHER : NO_COPY }
}

/**
 * @param {import("../token.js").Token} token
 * @returns {string | null} the public half of the key it signs with, base64url; null when the
 *     server made the token
 */
export function signingKey(token) {
    if (token.version !== MADE_BY_CLIENT) return null
    return toBase64Url(ed25519.getPublicKey(token.signingSeed))
}

/** @param {Blob} envelope @param {import("../token.js").Token} token */
async function opened(envelope, token) {
    try {
        return await openEnvelope(envelope, token)
    } catch (error) {
        if (error instanceof PorticoError) return null
        throw error
    }
}

/**
 * @param {any} document
 * @param {string | null} key
 * @param {string} program
 * @returns {Pin | null}
 */
function pinIn(document, key, program) {
    const own = document?.format === FORMAT && document.program === program
    if (!own || key === null || document.reporter?.signing_key !== key) return null
    const { root, version } = document.keyset ?? {}
    const whole = typeof root === "string" && HEX64.test(root) && Number.isSafeInteger(version)
    return whole && version >= 1 ? { root, sealedTo: version } : null
}

/** @param {Unpacked[]} files @returns {any} `report.json` as it was written */
function documentIn(files) {
    const found = files.find(({ name }) => name === "report.json")
    try {
        return found ? JSON.parse(TEXT.decode(found.bytes)) : null
    } catch {
        return null
    }
}
