/**
 * Writing a message: its files first, because the signed body names their archive; then the body,
 * the signature over its hash, and the envelope. Signing is the caller's: a token or a staff key.
 */
import { utf8 } from "../bytes.js"
import { archive } from "../archive.js"
import { quoted } from "../markdown.js"
import { entryOf, sealFiles } from "../sealing-job.js"
import { sealed } from "../sealing.js"
import { FILE as BODY, KINDS, bodyHash, bodyJson, moment } from "./body.js"
import { FILE as MESSAGE, linkOf, messageJson, signedLines } from "./message.js"

/**
 * @typedef {import("../sealing.js").Sealed} Sealed
 * @typedef {import("./body.js").Body} Body
 * @typedef {import("./message.js").Heading} Heading
 * @typedef {import("./message.js").Signed} Signed
 * @typedef {Sealed & {role: "message" | "files"}} MessageEnvelope
 * @typedef {(lines: Uint8Array) => Signed | Promise<Signed>} Sign
 *
 * @typedef {object} MessageJob
 * @property {string[]} recipients  the keyset's, and the reporter's own
 * @property {Omit<Heading, "body_sha256">} slot  where the message goes
 * @property {Pick<Body, "kind" | "text" | "data">} said
 * @property {{blob: Blob, name: string}[]} files
 * @property {number} now  seconds since 1970
 *
 * @typedef {{envelopes: MessageEnvelope[], link: string}} SealedMessage  `message` first; and what
 *     the next message names this one by
 */

/**
 * @param {MessageJob} job
 * @param {Sign} sign
 * @param {import("../sealing-job.js").Progress} [progress]
 * @returns {Promise<SealedMessage>}
 * @throws {import("../errors.js").SealingRefused}
 */
export async function sealMessage(job, sign, progress = () => undefined) {
    const files = job.files.length > 0 ? await sealFiles(job, progress) : null
    const body = { ...job.said, at: moment(job.now), files: files?.named ?? null }
    const packed = await packMessage(body, job.slot, sign)
    const message = await sealed(archive(packed.map(entryOf), { now: job.now }), job.recipients)
    /** @type {MessageEnvelope[]} */
    const envelopes = [{ role: "message", ...message }]
    if (files) envelopes.push({ role: "files", ...files.envelope })
    return { envelopes, link: linkOf(headingOf(body, job.slot)) }
}

/**
 * Sign a message and write the files of its envelope.
 * @param {Body} body
 * @param {MessageJob["slot"]} slot
 * @param {Sign} sign
 * @returns {Promise<{name: string, bytes: import("../bytes.js").Bytes}[]>}
 */
async function packMessage(body, slot, sign) {
    const heading = headingOf(body, slot)
    const signed = await sign(signedLines(heading))
    return [
        { name: MESSAGE, bytes: messageJson({ heading, ...signed }) },
        { name: BODY, bytes: bodyJson(body) },
        { name: "message.md", bytes: utf8(readable(body, heading)) },
    ]
}

/** @param {Body} body @param {MessageJob["slot"]} slot @returns {Heading} */
function headingOf(body, slot) {
    return { ...slot, body_sha256: bodyHash(bodyJson(body)) }
}

/**
 * Write a message as Markdown, for somebody who unpacks it by hand.
 * @param {Body} body
 * @param {Heading} heading
 */
function readable({ kind, text, at, data, files }, { report, author, sequence }) {
    const who = author === "staff" ? "staff" : "the reporter"
    const when = at.slice(0, 16).replace("T", " ")
    const lines = [
        `# Message ${sequence} to report ${report}`,
        `${KINDS[kind]}, by ${who}, ${when} UTC by their clock.`,
    ]
    if (text) lines.push(quoted(text))
    for (const [name, value] of Object.entries(data)) {
        // What is more than a word, such as the answers of a form, stands in the text already.
        if (typeof value === "object" && value !== null) continue
        lines.push(`- ${quoted(name)}: ${quoted(String(value))}`)
    }
    if (files) {
        const listed = files.files.map(({ name, size }) => `- ${quoted(name)}, ${size} bytes`)
        lines.push("## Files", listed.join("\n"))
    }
    lines.push(
        "This text is a copy. What is signed is body.json, whose hash stands in message.json.",
    )
    return `${lines.join("\n\n")}\n`
}
