/** A field of the form made from data, as the macro of the same name makes it for pages. */
import { element } from "./dom.js"

/**
 * @typedef {object} FieldData
 * @property {string} id
 * @property {string} kind
 * @property {string} label
 * @property {string} help
 * @property {string | null} note  what the policy adds to the question
 * @property {string} strength  required, requested or optional
 * @property {number} limit  characters; 0 when there is none
 * @property {{value: string, label: string}[]} choices
 */

/** @type {Record<string, string>} */
const STRENGTHS = { required: "required", requested: "asked for", optional: "optional" }
const YES_NO = [
    { value: "yes", label: "Yes" },
    { value: "no", label: "No" },
]
/** @type {Record<string, Record<string, string>>} */
const INPUTS = {
    datetime: { type: "datetime-local", class: "middling" },
    number: { type: "text", inputmode: "decimal", class: "narrow" },
    email: { type: "email", spellcheck: "false" },
    phone: { type: "tel", class: "middling" },
    cvss: { type: "text", spellcheck: "false", class: "code" },
}

/** @param {FieldData} field @returns {HTMLElement} */
export function fieldElement(field) {
    const { id, kind, label, help, note, strength, limit } = field
    const asked = element("span", { class: `strength ${strength}` }, STRENGTHS[strength] ?? "")
    const data = { "data-field": id, "data-kind": kind, "data-limit": String(limit) }
    const told = [
        ...(help ? [element("p", { class: "help", id: `f-${id}-help` }, help)] : []),
        ...(note ? [element("p", { class: "policy-note", id: `f-${id}-note` }, note)] : []),
    ]
    const fault = element("p", { class: "field-error", id: `f-${id}-error`, hidden: "" })
    const described = [...told, fault].map((one) => one.id).join(" ")
    const box = element("div", { class: "field", "data-strength": "optional", ...data })
    const name = element("label", { for: `f-${id}` }, `${label} `, asked)
    box.append(name, ...told, control(field, described), fault)
    return box
}

/** @param {FieldData} field @param {string} described */
function control({ id, kind, choices }, described) {
    const common = { id: `f-${id}`, autocomplete: "off", "aria-describedby": described }
    if (kind === "long") return element("textarea", { ...common, rows: "6" })
    if (kind !== "choice" && kind !== "yes_no") {
        return element("input", { ...(INPUTS[kind] ?? { type: "text" }), ...common })
    }
    const offered = kind === "yes_no" ? YES_NO : choices
    const options = offered.map(({ value, label }) => element("option", { value }, label))
    return element("select", common, element("option", { value: "" }, "No answer"), ...options)
}
