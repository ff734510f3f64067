/** What an event has to carry, as fields of a form: dates, moments, lists, numbers. */
import { element } from "../dom.js"

/**
 * @typedef {import("./case-client.js").Action} Action
 * @typedef {{code: string, words: string}} Choice
 */

/** @type {Record<string, {label: string, type: string, pattern?: string}>} */
const FIELDS = {
    answer: { label: "Decision", type: "text" },
    at: { label: "When it was, in your time", type: "datetime-local" },
    basis: { label: "What allows it", type: "text" },
    clock: { label: "Clock", type: "text" },
    date: { label: "Day", type: "date" },
    despite_held: { label: "End it though the reporter still holds data", type: "checkbox" },
    event: { label: "Number of the entry", type: "number" },
    expected: { label: "Expected by", type: "date" },
    message: { label: "Number of the message that says so", type: "number" },
    of: {
        label: "The report that came first",
        type: "text",
        pattern: "\\s*[0-9a-z]{5}-[0-9a-z]{5}\\s*",
    },
    reason: { label: "Why", type: "text" },
    regime: { label: "Law", type: "text" },
    stage: { label: "Which notice", type: "text" },
}
const WEIGHTS = { low: "Low", medium: "Medium", high: "High" }
const FACTOR = "factor:" // what the names of the lists of factors begin with

/** @param {Action | undefined} action @returns {HTMLElement[]} */
export function eventFields(action) {
    if (!action) return []
    const asked = (/** @type {string} */ name, /** @type {boolean} */ required) =>
        name === "factors"
            ? (action.choices?.factors ?? []).map(factor)
            : [field(name, action.choices?.[name] ?? null, required)]
    return [
        ...action.needs.flatMap((name) => asked(name, true)),
        ...(action.takes ?? []).flatMap((name) => asked(name, false)),
    ]
}

/**
 * @param {HTMLElement} root  that holds the fields
 * @returns {Record<string, unknown>} what was filled in, as the portal takes it
 */
export function eventData(root) {
    /** @type {Record<string, unknown>} */
    const data = {}
    /** @type {Record<string, string>} */
    const factors = {}
    for (const control of root.querySelectorAll("input, select")) {
        if (!(control instanceof HTMLInputElement || control instanceof HTMLSelectElement)) continue
        const value = valueOf(control)
        if (value === null) continue
        if (control.name.startsWith(FACTOR)) {
            factors[control.name.slice(FACTOR.length)] = String(value)
        } else data[control.name] = value
    }
    return Object.keys(factors).length > 0 ? { ...data, factors } : data
}

/** @param {HTMLInputElement | HTMLSelectElement} control @returns {unknown} null when left empty */
function valueOf(control) {
    if (control instanceof HTMLInputElement && control.type === "checkbox") {
        return control.checked ? true : null
    }
    const text = control.value.trim()
    if (text === "") return null
    if (control.type === "number") return Number(text)
    // Without an offset nobody could tell which moment it is.
    return control.type === "datetime-local" ? new Date(text).toISOString() : text
}

/** @param {string} name @param {Choice[] | null} choices @param {boolean} required */
function field(name, choices, required) {
    // A portal that is newer than this desk may ask for more than this desk knows.
    const known = FIELDS[name] ?? { label: name, type: "text" }
    const id = `event-data-${name}`
    const control = choices ? list(id, name, choices) : input(id, name, known)
    control.required = required
    const label = element("label", { for: id }, known.label)
    if (known.type === "checkbox") return element("div", { class: "tick" }, control, label)
    if (!required) label.append(" ", element("span", { class: "strength optional" }, "optional"))
    return element("div", { class: "field" }, label, control)
}

/** @param {string} id @param {string} name @param {{type: string, pattern?: string}} known */
function input(id, name, { type, pattern }) {
    const made = element("input", { type, id, name, autocomplete: "off" })
    if (pattern) made.pattern = pattern
    if (type === "number") made.min = "1"
    return made
}

/** @param {string} id @param {string} name @param {Choice[]} choices */
function list(id, name, choices) {
    const made = element("select", { id, name })
    made.append(new Option("Choose", ""), ...choices.map((one) => new Option(one.words, one.code)))
    return made
}

/** @param {Choice} choice  what a reward is measured by */
function factor({ code, words }) {
    const id = `event-data-factor-${code}`
    const weights = Object.entries(WEIGHTS).map(([weight, said]) => ({ code: weight, words: said }))
    const control = list(id, `${FACTOR}${code}`, weights)
    control.required = true
    return element("div", { class: "field" }, element("label", { for: id }, words), control)
}
