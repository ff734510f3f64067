/**
 * `body.json`: what a message says.
 *
 * It is signed as the bytes it came as, so a reader looks at nothing else: `message.md` beside it
 * repeats the text for somebody who unpacks the file by hand, and proves nothing.
 */
import { sha256 } from "../../vendor/age.js"
import { toHex, utf8 } from "../bytes.js"
import { ArchiveRefused } from "../errors.js"
import { fits } from "./body-data.js"

/**
 * @typedef {keyof typeof KINDS} Kind
 * @typedef {import("../report-document.js").Attachments} Attachments
 *
 * @typedef {object} Body
 * @property {Kind} kind
 * @property {string} text  as its author wrote it; empty where the kind says it all
 * @property {string} at  ISO 8601, UTC, whole seconds, by the author's clock
 * @property {Record<string, any>} data  what the kind carries, and nothing else; `body-data.js`
 *     lists it
 * @property {Attachments | null} files  the archive of files that came with it
 */

export const FILE = "body.json"
export const FORMAT = "portico/message-body/v1"
export const KINDS = {
    message: "Message",
    "publication-proposed": "Proposal to publish",
    "publication-agreed": "Publication agreed",
    "publication-declined": "Publication declined",
    credit: "How to be named",
    withdrawal: "The report is withdrawn",
    deletion: "The report is to be deleted",
    attestation: "What has become of the data",
    completion: "More answers to the form",
    decision: "Decision about a reward",
}

const MAX_BYTES = 1024 * 1024 // far more than anybody writes; files travel beside it
const MEMBERS = "at,data,files,format,kind,text" // sorted
const MOMENT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/
const HEX64 = /^[0-9a-f]{64}$/
const TEXT = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true })
const HALVES = /\p{Cs}/gu // half a character, which UTF-8 cannot write

/**
 * @param {Body} body
 * @returns {import("../bytes.js").Bytes} the bytes of `body.json`
 */
export function bodyJson({ kind, text, at, data, files }) {
    const plain = text.replace(HALVES, "\ufffd")
    const members = { format: FORMAT, kind, text: plain, at, data, files }
    return utf8(`${JSON.stringify(members, null, 2)}\n`)
}

/**
 * @param {Uint8Array} content
 * @returns {string} what a heading names a body by, hex
 */
export function bodyHash(content) {
    return toHex(sha256(content))
}

/**
 * @param {Uint8Array} content
 * @returns {Body}
 * @throws {ArchiveRefused} too large, not JSON, or not of this format
 */
export function parseBody(content) {
    const raw = content.length <= MAX_BYTES ? objectFrom(content) : null
    if (raw && isBody(raw)) {
        const { kind, text, at, data, files } = raw
        return { kind, text, at, data, files }
    }
    throw new ArchiveRefused(`${FILE} is not a message in Portico's form`)
}

/**
 * Write a moment as bodies do.
 * @param {number} now  seconds since 1970
 */
export function moment(now) {
    return new Date(now * 1000).toISOString().replace(".000Z", "Z")
}

/** @param {Uint8Array} content @returns {Record<string, any> | null} */
function objectFrom(content) {
    try {
        const raw = JSON.parse(TEXT.decode(content), (_name, value) =>
            typeof value === "string" ? value.replace(HALVES, "\ufffd") : value,
        )
        return isObject(raw) ? raw : null
    } catch {
        return null
    }
}

/** @param {Record<string, any>} raw @returns {raw is Body & {format: string}} */
function isBody(raw) {
    return (
        Object.keys(raw).sort().join() === MEMBERS &&
        raw.format === FORMAT &&
        typeof raw.kind === "string" &&
        Object.hasOwn(KINDS, raw.kind) &&
        typeof raw.text === "string" &&
        isMoment(raw.at) &&
        isObject(raw.data) &&
        fits(raw.kind, raw.data) &&
        (raw.files === null || isFiles(raw.files))
    )
}

/** @param {unknown} raw  a day that the calendar has */
function isMoment(raw) {
    if (typeof raw !== "string" || !MOMENT.test(raw)) return false
    const at = Date.parse(raw)
    return Number.isFinite(at) && moment(at / 1000) === raw
}

/** @param {any} raw */
function isFiles(raw) {
    return (
        isObject(raw) &&
        Object.keys(raw).sort().join() === "files,length,sha256" &&
        Number.isSafeInteger(raw.length) &&
        raw.length > 0 &&
        typeof raw.sha256 === "string" &&
        HEX64.test(raw.sha256) &&
        Array.isArray(raw.files) &&
        raw.files.every(isFile)
    )
}

/** @param {any} raw */
function isFile(raw) {
    return (
        isObject(raw) &&
        Object.keys(raw).sort().join() === "name,size,type" &&
        Number.isSafeInteger(raw.size) &&
        raw.size >= 0 &&
        typeof raw.name === "string" &&
        typeof raw.type === "string"
    )
}

/** @param {unknown} raw @returns {raw is Record<string, any>} */
function isObject(raw) {
    return typeof raw === "object" && raw !== null && !Array.isArray(raw)
}
