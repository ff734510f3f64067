/** From a mail to what the worker seals: a report of the form's shape, with no key of a reporter. */
import { NO_TARGET, reportDocument } from "../report-document.js"

/**
 * @typedef {object} Mail  as it stands in the page, valid
 * @property {string} receivedAt  ISO 8601 with an offset
 * @property {string} target  empty when the mail names none
 * @property {Record<string, string>} fields  answers by field id
 * @property {{blob: Blob, name: string}[]} files
 * @property {import("../form-kinds.js").Flags} flags
 *
 * @typedef {{program: string, programName: string, build: string,
 *     keyset: import("../keyset.js").Keyset, now: number}} Circumstances  `now` in seconds
 */

const SECTIONS = [
    { title: "What the mail says", fields: [{ id: "steps", label: "Text", choices: {} }] },
    { title: "Sender", fields: [{ id: "contact_email", label: "Answer to", choices: {} }] },
]

/**
 * @param {Mail} mail
 * @param {Circumstances} circumstances
 * @returns {import("../sealing-job.js").Job} sealed to the staff alone: nobody waits with a token
 */
export function jobOf(mail, { program, programName, build, keyset, now }) {
    const document = reportDocument({
        program,
        policy: null,
        keyset: { version: keyset.version, root: keyset.fingerprint },
        build,
        kind: "report",
        flags: mail.flags,
        target: { ...NO_TARGET, text: mail.target },
        fields: mail.fields,
        conduct: { attested: [], used: [] },
        reporter: { recipient: null, signing_key: null },
        mail: { received_at: mail.receivedAt },
        written_at: new Date(now * 1000).toISOString().replace(".000Z", "Z"),
    })
    const words = { program: programName, sections: SECTIONS, clauses: {} }
    return { recipients: keyset.recipients, document, words, files: mail.files, now }
}
