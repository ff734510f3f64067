/**
 * The work of the sealing worker, apart from the worker itself: two archives, two age files.
 *
 * Attachments go first, because the report names the length and hash of their archive.
 */
import { Decrypter, Encrypter, generateHybridIdentity, identityToRecipient } from "../vendor/age.js"
import { archive } from "./archive.js"
import { flatNames } from "./file-names.js"
import { bytesOf } from "./streams.js"
import { reportFiles } from "./report-document.js"
import { hashing, sealed } from "./sealing.js"

/**
 * @typedef {import("./sealing.js").Sealed} Sealed
 * @typedef {import("./report-document.js").ReportDocument} ReportDocument
 * @typedef {Sealed & {role: "report" | "attachments"}} Envelope
 *
 * @typedef {object} Job
 * @property {string[]} recipients  the keyset's, and the reporter's own if they wish
 * @property {ReportDocument} document  its `attachments` still empty
 * @property {import("./report-document.js").Words} words  for the readable copy
 * @property {{blob: Blob, name: string}[]} files
 * @property {number} now  seconds since 1970
 *
 * @typedef {(done: number, total: number) => void} Progress  in bytes of plaintext
 */

/**
 * @param {Job} job
 * @param {Progress} [progress]
 * @returns {Promise<Envelope[]>} `report` first, then `attachments` if there are files
 */
export async function sealReport(job, progress = () => undefined) {
    const attachments = job.files.length > 0 ? await sealFiles(job, progress) : null
    const document = { ...job.document, attachments: attachments?.named ?? null }
    const packed = archive(reportFiles(document, job.words).map(entryOf), { now: job.now })
    const report = await sealed(packed, job.recipients)
    /** @type {Envelope[]} */
    const envelopes = [{ role: "report", ...report }]
    if (attachments) envelopes.push({ role: "attachments", ...attachments.envelope })
    return envelopes
}

/**
 * Seal files under safe names.
 * @param {Pick<Job, "files" | "recipients" | "now">} job
 * @param {Progress} progress
 * @returns {Promise<{envelope: Sealed, named: import("./report-document.js").Attachments}>} the age
 *     file, and what names the archive inside it
 */
export async function sealFiles({ files, recipients, now }, progress) {
    const names = flatNames(files.map((file) => file.name))
    const entries = files.map(({ blob }, place) => ({
        name: names[place],
        size: blob.size,
        stream: () => blob.stream(),
    }))
    const { length, stream } = archive(entries, { now })
    let done = 0
    const hashed = hashing(stream, (bytes) => progress((done += bytes), length))
    const envelope = await sealed({ length, stream: hashed.stream }, recipients)
    const listed = entries.map(({ name, size }, place) => ({
        name,
        size,
        type: files[place].blob.type,
    }))
    return { envelope, named: { length, sha256: hashed.sha256(), files: listed } }
}

/**
 * @param {{name: string, bytes: import("./bytes.js").Bytes}} file
 * @returns {import("./archive.js").Entry}
 */
export function entryOf({ name, bytes }) {
    return { name, size: bytes.length, stream: () => new Blob([bytes]).stream() }
}

/**
 * Seal and open a few bytes with a key nobody keeps: a browser that cannot do it must not pretend.
 * @returns {Promise<void>}
 * @throws {Error} this browser cannot seal
 */
export async function rehearse() {
    const identity = await generateHybridIdentity()
    const encrypter = new Encrypter()
    encrypter.addRecipient(await identityToRecipient(identity))
    const file = await encrypter.encrypt(new Blob(["rehearsal"]).stream())
    const decrypter = new Decrypter()
    decrypter.addIdentity(identity)
    const opened = await bytesOf(await decrypter.decrypt(file))
    if (new TextDecoder().decode(opened) !== "rehearsal") {
        throw new Error("this browser cannot open what it sealed")
    }
}
