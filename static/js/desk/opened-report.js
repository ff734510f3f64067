/** Opening a report and saying what of it could be verified. */
import { PorticoError } from "../errors.js"
import { FORMAT } from "../report-document.js"
import { REPORT_RECEIPT, verify } from "../statement.js"

/**
 * @typedef {import("./case-client.js").Case} Case
 * @typedef {import("./case-client.js").Envelope} Envelope
 * @typedef {import("../report-document.js").Attachments} Attachments
 * @typedef {import("./strongroom.js").Opened} Opened
 * @typedef {import("../unpacking.js").Slice} Slice
 * @typedef {{good: boolean, words: string}} Check
 *
 * @typedef {object} OpenedReport
 * @property {string} start  payload hash of the main envelope, as it was read, hex
 * @property {Slice[]} files  of the main envelope; the whole content where it is no archive of ours
 * @property {Blob | null} text  the readable report; null when nothing in it is one
 * @property {Attachments | null} attachments  as `report.json` names them
 * @property {string | null} reporterKey  their signing key, base64url
 * @property {string | null} recipient  their own age key
 * @property {number} sealedTo  keyset version, as the report says
 * @property {string | null} root  fingerprint of the root the reporter saw, hex
 * @property {Check[]} checks
 */

const MAX_DOCUMENT = 8 * 1024 * 1024 // bytes of `report.json`, far more than a form takes
const MAIN = ["report", "sealed"]
const SHA256 = /^[0-9a-f]{64}$/

/** @param {Case} shown @returns {Envelope} the report itself */
export function mainEnvelope({ envelopes }) {
    const found = envelopes.find(({ role }) => MAIN.includes(role))
    if (found) return found
    throw new PorticoError("There is no sealed report here any more.", {
        code: "no-such-report",
        hint: "It was deleted, because its reporter asked for it.",
    })
}

/**
 * @param {Opened} opened  the main envelope
 * @param {Case} shown
 * @param {import("./program-keys.js").Keys} keys
 * @returns {Promise<OpenedReport>}
 */
export async function readReport(opened, shown, keys) {
    const files = opened.files ?? [{ name: `${shown.id}.bin`, blob: opened.plain }]
    const document = await documentIn(files)
    const own = document?.format === FORMAT
    return {
        start: opened.payloadSha256,
        files,
        text: readable(opened, files),
        attachments: own ? attachmentsIn(document) : null,
        reporterKey: textIn(document?.reporter?.signing_key),
        recipient: textIn(document?.reporter?.recipient),
        sealedTo: Number.isSafeInteger(document?.keyset?.version)
            ? document.keyset.version
            : shown.keyset_version,
        root: textIn(document?.keyset?.root),
        checks: [
            await receiptCheck(opened, shown, keys),
            ...(own ? ownChecks(document, shown, keys) : [BY_HAND]),
        ],
    }
}

const SAME = "These are the very bytes that the reporter’s receipt names."
const OTHER = "This is not what the reporter’s receipt names. Do not rely on it."
const UNSIGNED = "The receipt is not signed with a key that the program’s root vouches for."
const OTHER_ROOT =
    "The reporter saw another root key than you. Find out why before you answer."
const BY_HAND = {
    good: false,
    words:
        "It was sealed by hand and names no key of the reporter: nothing they write can be checked.",
}

/**
 * Compare what was opened with the receipt that the reporter has.
 * @param {Opened} opened
 * @param {Case} shown
 * @param {import("./program-keys.js").Keys} keys
 * @returns {Promise<Check>}
 */
async function receiptCheck({ payloadSha256: payload }, shown, keys) {
    const known = await keys.versions([shown.keyset_version])
    const claims = [...known.values()]
        .map((keyset) => claimsOf(shown.receipt, keyset.receiptKey))
        .find((found) => found !== null)
    if (!claims) {
        return { good: false, words: UNSIGNED }
    }
    const listed = Array.isArray(claims.envelopes) ? claims.envelopes : []
    const main = listed.some((one) => one?.payload_sha256 === payload && MAIN.includes(one.role))
    if (claims.report === shown.id && main) {
        return { good: true, words: SAME }
    }
    return { good: false, words: OTHER }
}

/** @param {string} receipt @param {Uint8Array} key @returns {Record<string, any> | null} */
function claimsOf(receipt, key) {
    try {
        return verify(receipt, { key, typ: REPORT_RECEIPT })
    } catch {
        return null
    }
}

/**
 * @param {any} document
 * @param {Case} shown
 * @param {import("./program-keys.js").Keys} keys
 * @returns {Check[]}
 */
function ownChecks(document, shown, keys) {
    const root = document.keyset?.root
    const same = root === keys.root
    const program = document.program === shown.program
    return [
        ...(program ? [] : [{ good: false, words: "It was written to another program." }]),
        same
            ? { good: true, words: "The reporter saw the same root key as you." }
            : { good: false, words: OTHER_ROOT },
    ]
}

/** @param {Slice[]} files @returns {Promise<any>} `report.json`; null when there is none */
async function documentIn(files) {
    const found = files.find(({ name }) => name === "report.json")
    if (!found || found.blob.size > MAX_DOCUMENT) return null
    try {
        return JSON.parse(await found.blob.text())
    } catch {
        return null
    }
}

/** @param {any} document @returns {Attachments | null} */
function attachmentsIn({ attachments: raw }) {
    const whole =
        Number.isSafeInteger(raw?.length) &&
        SHA256.test(raw.sha256) &&
        Array.isArray(raw.files) &&
        raw.files.every((/** @type {any} */ one) => typeof one?.name === "string" && one.size >= 0)
    return whole ? raw : null
}

/** @param {Opened} opened @param {Slice[]} files @returns {Blob | null} */
function readable({ files: packed, plain }, files) {
    const named = (/** @type {string} */ name) => files.find((file) => file.name === name)?.blob
    return named("report.md") ?? named("report.json") ?? (packed ? null : plain)
}

/** @param {unknown} value @returns {string | null} */
function textIn(value) {
    return typeof value === "string" && value !== "" ? value : null
}
