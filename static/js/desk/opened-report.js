/** Opening a report and saying what of it could be verified. */
import { PorticoError } from "../errors.js"
import { FORMAT } from "../report-document.js"
import { REPORT_RECEIPT, verify } from "../statement.js"
import { ownKey } from "../thread/own-key.js"
import { MAIL, enteredCheck } from "./mail-words.js"

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
const MAX_OWN = 1024 * 1024 // bytes of text in which the key of a report by hand is looked for
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
    const text = readable(opened, files)
    return {
        start: opened.payloadSha256,
        files,
        text,
        attachments: own ? attachmentsIn(document) : null,
        reporterKey: textIn(document?.reporter?.signing_key),
        recipient: textIn(document?.reporter?.recipient) ?? (own ? null : await statedKey(text)),
        sealedTo: Number.isSafeInteger(document?.keyset?.version)
            ? document.keyset.version
            : shown.keyset_version,
        root: textIn(document?.keyset?.root),
        checks: [
            await receiptCheck(opened, shown, keys),
            ...originChecks(own ? document : null, shown, keys),
        ],
    }
}

const SAME = "These are the very bytes that the portal’s receipt names."
const OTHER = "This is not what the portal’s receipt names. Do not rely on it."
const UNSIGNED = "The receipt is not signed with a key that the program’s root vouches for."
const OTHER_NATURE =
    "The portal files it as another kind, or with other ticks, than its reporter sealed. Clocks and " +
    "queue go by the portal’s word: look at what is written here."
const OTHER_ROOT =
    "The reporter saw another root key than you. Find out why before you answer."
const NO_MAIL = "It says that it came by mail, and the portal took it from a reporter. Do not rely on it."
const OTHER_TIME =
    "By the portal’s word it came at another time than whoever entered it sealed. Clocks go by it."
const ENTERED_ROOT = "Whoever entered it saw another root key than you. Find out why."
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
 * @param {any} document  null when it was sealed by hand
 * @param {Case} shown
 * @param {import("./program-keys.js").Keys} keys
 * @returns {Check[]}
 */
function originChecks(document, shown, keys) {
    const elsewhere = document && document.program !== shown.program
    const wrong = elsewhere ? [{ good: false, words: "It was written to another program." }] : []
    if (document && !isFiledAs(document, shown)) wrong.push({ good: false, words: OTHER_NATURE })
    if (document) wrong.push(...wayChecks(document, shown))
    if (shown.origin !== MAIL) return document ? [...wrong, rootCheck(document, keys)] : [BY_HAND]
    const other = document && document.keyset?.root !== keys.root
    return [...wrong, ...(other ? [{ good: false, words: ENTERED_ROOT }] : []), enteredCheck(shown)]
}

/**
 * Compare what the reporter sealed with what the portal goes by; older forms had no ticks.
 * @param {any} document
 * @param {Case} shown
 */
function isFiledAs(document, { kind, exposed, exploited }) {
    const same = (document.kind ?? "report") === kind && (document.exposed ?? false) === exposed
    return same && (document.exploited ?? false) === exploited
}

/**
 * Compare how and when it came, as far as that is sealed.
 * @param {any} document
 * @param {Case} shown
 * @returns {Check[]}
 */
function wayChecks({ mail }, { origin, received_at: received }) {
    if (origin !== MAIL) return mail ? [{ good: false, words: NO_MAIL }] : []
    const same = Date.parse(mail?.received_at) === Date.parse(received)
    return same ? [] : [{ good: false, words: OTHER_TIME }]
}

/** @param {any} document @param {import("./program-keys.js").Keys} keys @returns {Check} */
function rootCheck(document, keys) {
    const same = document.keyset?.root === keys.root
    return same
        ? { good: true, words: "The reporter saw the same root key as you." }
        : { good: false, words: OTHER_ROOT }
}

/** @param {Blob | null} text @returns {Promise<string | null>} the key that it asks to answer to */
async function statedKey(text) {
    return text ? ownKey(await text.slice(0, MAX_OWN).text()) : null
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
