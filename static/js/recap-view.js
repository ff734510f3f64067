/** A short list of what is about to be sent, beside the button that sends it. */
import { byId, element } from "./dom.js"
import { sizeText } from "./sizes.js"

/**
 * @typedef {object} Recap
 * @property {import("./form-kinds.js").Kind} kind
 * @property {import("./form-kinds.js").Flags} flags
 * @property {import("./report-document.js").TargetAnswer} target
 * @property {import("./form-validation.js").FieldSpec[]} specs
 * @property {Record<string, string>} values  what was typed, by field id
 * @property {number[]} sizes  bytes of each file
 * @property {boolean} reply  whether the reporter keeps a copy that the token opens
 */

const IDENTIFYING = new Set(["handle", "full_name", "company", "contact_email", "contact_phone"])

/** @type {Record<string, string>} */
const NAMES = { report: "A report", quick: "A quick report", question: "A question" }
/** @type {Record<string, string>} */
const SEEN = { exposed: "Non-public data lies open", exploited: "It is being exploited" }

/** @param {Recap} recap */
export function showRecap(recap) {
    const rows = recap.kind === "question" ? ofQuestion(recap) : ofReport(recap)
    const seen = Object.entries(recap.flags).flatMap(([name, yes]) => (yes ? [SEEN[name]] : []))
    const words = [NAMES[recap.kind], ...seen].join(". ")
    byId("recap", HTMLElement).replaceChildren(row("What it is", words), ...rows)
}

/** @param {Recap} recap */
function ofQuestion({ values }) {
    return [
        row("Subject", values.subject || "None yet"),
        row("About you", values.contact ? "E-mail address" : "Nothing: you stay anonymous"),
        row("Your copy", "Your token opens it, and the answer"),
    ]
}

/** @param {Recap} recap */
function ofReport({ target: { text, verdict }, specs, values, sizes, reply }) {
    const sum = sizeText(sizes.reduce((total, size) => total + size, 0))
    const told = specs.filter(({ id }) => IDENTIFYING.has(id) && values[id].trim() !== "")
    const you = told.map(({ label }) => label).join(", ")
    const ruling = verdict && document.querySelector("#verdict .ruling")?.textContent
    return [
        row("Target", text || "None yet"),
        row("Ruling", ruling || "Not checked"),
        row("Title", values.title || "None yet"),
        row("Files", sizes.length > 0 ? `${sizes.length}, ${sum} in all` : "None"),
        row("About you", you || "Nothing: you stay anonymous"),
        row("Your copy", reply ? "Your token opens it" : "None: only staff can open the report"),
    ]
}

/** @param {string} label @param {string} value */
function row(label, value) {
    return element("div", {}, element("dt", {}, label), element("dd", {}, value))
}
