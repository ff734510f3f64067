/**
 * What a sealed report says: `report.json` for programs and `report.md` for people.
 *
 * Format `portico/report/v1`; the command line writes the same.
 */
import { utf8 } from "./bytes.js"
import { escaped, quoted } from "./markdown.js"

/**
 * @typedef {{ruling: string, reason: string, target: string, [more: string]: unknown}} Verdict
 *
 * @typedef {object} TargetAnswer  what was asked about the target, and what came back
 * @property {string} text  as the reporter typed it
 * @property {string} normalised  as the verdict names it; empty when it was not checked
 * @property {string | null} nonce  base64url; proves what the scope receipt is about
 * @property {Verdict | null} verdict
 * @property {Record<string, boolean>} answers  to the verdict's questions, by their id
 * @property {string | null} receipt  signed scope receipt
 *
 * @typedef {object} Attachments
 * @property {number} length  bytes of the padded archive
 * @property {string} sha256  of the padded archive before sealing, hex
 * @property {{name: string, size: number, type: string}[]} files
 *
 * @typedef {object} ReportDocument
 * @property {"portico/report/v1"} format
 * @property {string} program  slug
 * @property {{version: number, sha256: string} | null} policy  none for a mail: the portal chooses
 *     the version that was in force when it came
 * @property {{version: number, root: string}} keyset
 * @property {string} build
 * @property {import("./form-kinds.js").Kind} kind
 * @property {boolean} exposed  whether the reporter ticked that data lies open
 * @property {boolean} exploited  whether they ticked that somebody makes use of it
 * @property {TargetAnswer} target
 * @property {Record<string, string>} fields  answers by field id, the unanswered left out
 * @property {{attested: string[], used: string[]}} conduct  ids of the clauses the reporter
 *     confirmed, and of the forbidden methods they say they used
 * @property {{recipient: string | null, signing_key: string | null}} reporter
 * @property {Attachments | null} attachments
 * @property {string} written_at  ISO 8601, UTC
 * @property {{received_at: string}} [mail]  when it came, if staff entered it; ISO 8601
 *
 * @typedef {{id: string, label: string, choices: Record<string, string>}} FieldWords
 * @typedef {object} Words  the policy's own words, for the readable copy
 * @property {string} program  its name
 * @property {{title: string, fields: FieldWords[]}[]} sections
 * @property {Record<string, string>} clauses  text by clause id
 */

export const FORMAT = "portico/report/v1"

/** @type {TargetAnswer} of a question */
export const NO_TARGET = {
    text: "",
    normalised: "",
    nonce: null,
    verdict: null,
    answers: {},
    receipt: null,
}

/** @type {Record<ReportDocument["kind"], string>} */
const NAMES = { report: "A report", quick: "A quick report", question: "A question" }

/**
 * Put a draft into the order of the format.
 * @param {Omit<ReportDocument, "format" | "exposed" | "exploited" | "attachments"> &
 *     {flags: import("./form-kinds.js").Flags}} draft
 * @returns {ReportDocument} its attachments to be filled in when they are packed
 */
export function reportDocument(draft) {
    const answered = Object.entries(draft.fields).filter(([, value]) => value.trim() !== "")
    return {
        format: FORMAT,
        program: draft.program,
        policy: draft.policy,
        keyset: draft.keyset,
        build: draft.build,
        kind: draft.kind,
        exposed: draft.flags.exposed,
        exploited: draft.flags.exploited,
        target: draft.target,
        fields: Object.fromEntries(answered),
        conduct: draft.conduct,
        reporter: draft.reporter,
        attachments: null,
        written_at: draft.written_at,
        ...(draft.mail ? { mail: draft.mail } : {}),
    }
}

/**
 * Write both files of the report envelope.
 * @param {ReportDocument} document
 * @param {Words} words
 * @returns {{name: string, bytes: import("./bytes.js").Bytes}[]} report.json first
 */
export function reportFiles(document, words) {
    return [
        { name: "report.json", bytes: utf8(`${JSON.stringify(document, null, 2)}\n`) },
        { name: "report.md", bytes: utf8(reportText(document, words)) },
    ]
}

/**
 * Render a report for people; whatever the reporter wrote stands quoted.
 * @param {ReportDocument} document
 * @param {Words} words
 * @returns {string} Markdown
 */
function reportText(document, words) {
    const lines = [
        `# ${escaped(document.fields.title ?? "Report")}`,
        "",
        `${NAMES[document.kind]} to ${escaped(words.program)}, ${cameLine(document)}.`,
        ...urgentLines(document),
        ...(document.kind === "question" ? [] : targetLines(document.target)),
        ...words.sections.flatMap((section) => sectionLines(section, document.fields)),
        ...attachmentLines(document.attachments),
        ...conductLines(document.conduct, words.clauses),
        ...originLines(document),
    ]
    return `${lines.join("\n")}\n`
}

/** @param {ReportDocument} document @returns {string[]} what the reporter let the server see */
function urgentLines({ exposed, exploited }) {
    const lines = []
    if (exposed) lines.push("- Non-public data lies open.")
    if (exploited) lines.push("- It is being exploited.")
    return lines.length > 0 ? ["", ...lines] : []
}

/** @param {ReportDocument} document */
function cameLine({ mail, written_at: at }) {
    return mail ? `by mail at ${quoted(mail.received_at)}, entered by staff ${at}` : `written ${at}`
}

/** @param {TargetAnswer} target @returns {string[]} */
function targetLines({ text, verdict, answers }) {
    const lines = ["", "## Target", "", `- As written: ${quoted(text)}`]
    if (!verdict) return [...lines, "- Not checked against the scope."]
    const given = Object.entries(answers).map(
        ([id, yes]) => `- Question ${quoted(id)}: ${yes ? "yes" : "no"}`,
    )
    return [
        ...lines,
        `- Read as: ${quoted(verdict.target)}`,
        `- Ruling: ${quoted(verdict.ruling)} (${escaped(verdict.reason)})`,
        ...given,
    ]
}

/**
 * @param {{title: string, fields: FieldWords[]}} section
 * @param {Record<string, string>} answers
 * @returns {string[]} nothing when the section has no answers
 */
function sectionLines({ title, fields }, answers) {
    const answered = fields.filter(({ id }) => answers[id] !== undefined)
    if (answered.length === 0) return []
    return ["", `## ${escaped(title)}`, "", ...answered.map((field) => fieldLine(field, answers))]
}

/** @param {FieldWords} field @param {Record<string, string>} answers */
function fieldLine({ id, label, choices }, answers) {
    const value = answers[id]
    const shown = Object.hasOwn(choices, value) ? escaped(choices[value]) : quoted(value)
    return `**${escaped(label)}**: ${shown}\n`
}

/** @param {Attachments | null} attachments @returns {string[]} */
function attachmentLines(attachments) {
    if (!attachments) return []
    const listed = attachments.files.map(({ name, size }) => `- ${quoted(name)}, ${size} bytes`)
    return [
        "",
        "## Attachments",
        "",
        ...listed,
        "",
        `In an archive of ${attachments.length} bytes, SHA-256 ${quoted(attachments.sha256)}.`,
    ]
}

/** @param {ReportDocument["conduct"]} conduct @param {Record<string, string>} clauses */
function conductLines({ attested, used }, clauses) {
    return [
        ...clauseLines("Confirmed by the reporter", attested, clauses),
        ...clauseLines("Used, though the policy forbids it", used, clauses),
    ]
}

/** @param {string} title @param {string[]} ids @param {Record<string, string>} clauses */
function clauseLines(title, ids, clauses) {
    if (ids.length === 0) return []
    const lines = ids.map((id) => `- ${escaped(clauses[id] ?? id)} (${quoted(id)})`)
    return ["", `## ${title}`, "", ...lines]
}

/** @param {ReportDocument} document @returns {string[]} */
function originLines({ policy, keyset, build, reporter, mail }) {
    const lines = ["", "## Where this comes from", ""]
    if (policy) lines.push(`- Policy version ${policy.version}, SHA-256 ${quoted(policy.sha256)}`)
    lines.push(`- Keyset version ${keyset.version}, root ${quoted(keyset.root)}`)
    lines.push(`- Form build ${quoted(build)}`)
    if (mail) return [...lines, "- It came by mail: its sender has no key and no token here."]
    return [
        ...lines,
        `- Reporter's signing key: ${quoted(reporter.signing_key ?? "")}`,
        reporter.recipient
            ? "- The reporter can re-read this copy."
            : "- The reporter kept no key to re-read this copy.",
    ]
}
