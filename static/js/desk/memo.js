/**
 * Memos: notes, tags and drafts that staff keep with a report. The server holds them sealed.
 *
 * A small archive: `content.json` says what, `memo.json` names its hash and is signed, so that
 * nobody who only knows the public keys can put words into a colleague's mouth.
 */
import { ed25519, sha256 } from "../../vendor/age.js"
import { archive } from "../archive.js"
import { fromBase64Url, toHex, utf8 } from "../bytes.js"
import { ArchiveRefused } from "../errors.js"
import { quoted } from "../markdown.js"
import { entryOf } from "../sealing-job.js"
import { sealed } from "../sealing.js"
import { moment } from "../thread/body.js"

/**
 * @typedef {"note" | "tags" | "draft"} Kind
 *
 * @typedef {object} Memo
 * @property {string} report
 * @property {Kind} kind
 * @property {Record<string, any>} content  `text` of a note or a draft, `tags` of tags
 * @property {number} now  seconds since 1970
 *
 * @typedef {object} ReadMemo  what was found in an opened one
 * @property {string} at  ISO 8601, by its author's clock
 * @property {Record<string, any>} content
 * @property {string | null} key  base64url, of whoever signed it; null when nobody did
 */

export const FORMAT = "portico/memo/v1"
const TEXT = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true })

/**
 * @param {Memo} memo
 * @param {string[]} recipients
 * @param {(lines: Uint8Array) => import("../thread/message.js").Signed} sign
 * @returns {Promise<Blob>} an age file
 */
export async function memoBytes({ report, kind, content, now }, recipients, sign) {
    const about = { report, kind, at: moment(now) }
    const said = utf8(`${JSON.stringify(content, null, 2)}\n`)
    const { key, signature } = sign(signedLines(about, said))
    const named = { content_sha256: toHex(sha256(said)), key, signature }
    const heading = { format: FORMAT, ...about, ...named }
    const files = [
        { name: "memo.json", bytes: utf8(`${JSON.stringify(heading, null, 2)}\n`) },
        { name: "content.json", bytes: said },
        { name: "memo.md", bytes: utf8(readable(about, content)) },
    ]
    const { blob } = await sealed(archive(files.map(entryOf), { now }), recipients)
    return blob
}

/**
 * @param {{report: string, kind: string, at: string}} about
 * @param {Uint8Array} content  bytes of `content.json`
 * @returns {import("../bytes.js").Bytes} the bytes under the signature
 */
export function signedLines({ report, kind, at }, content) {
    const words = [FORMAT, report, kind, at, toHex(sha256(content))]
    return utf8(words.map((word) => `${word}\n`).join(""))
}

/**
 * @param {Map<string, Uint8Array>} files  of an opened memo
 * @param {{report: string, kind: Kind}} expected
 * @returns {ReadMemo}
 * @throws {ArchiveRefused} it is not a memo of this report and kind
 */
export function readMemo(files, expected) {
    const heading = parsed(files.get("memo.json"))
    const said = files.get("content.json") ?? new Uint8Array()
    const content = parsed(said)
    const { format, report, kind, at, key, signature } = heading
    const ours = format === FORMAT && report === expected.report && kind === expected.kind
    if (!ours || typeof at !== "string" || !Number.isFinite(Date.parse(at))) throw notOurs()
    const signed = isSigned(signature, key, signedLines({ report, kind, at }, said))
    return { at, content, key: signed ? key : null }
}

/** @param {unknown} signature @param {unknown} key @param {Uint8Array} lines */
function isSigned(signature, key, lines) {
    try {
        const [signed, signer] = [fromBase64Url(String(signature)), fromBase64Url(String(key))]
        return ed25519.verify(signed, lines, signer, { zip215: false })
    } catch {
        return false // not base64url, or bytes that are no point of the curve
    }
}

/** @param {Uint8Array | undefined} bytes @returns {Record<string, any>} */
function parsed(bytes) {
    try {
        const raw = JSON.parse(TEXT.decode(bytes))
        if (typeof raw === "object" && raw !== null && !Array.isArray(raw)) return raw
    } catch {
        // said below
    }
    throw notOurs()
}

function notOurs() {
    return new ArchiveRefused("it is not a memo of this report")
}

/**
 * Write a memo as Markdown, for somebody who unpacks it by hand.
 * @param {{report: string, kind: string, at: string}} about
 * @param {Record<string, any>} content
 */
function readable({ report, kind, at }, { text, tags }) {
    const said = kind === "tags" ? [tags].flat().map(String).join("\n") : String(text ?? "")
    return `# ${kind} on report ${report}, ${at}\n\n${quoted(said)}\n`
}
