/** What has to be put right before a report can be sealed; knows nothing of the page. */
import { vectorFault } from "./cvss.js"

/**
 * @typedef {object} FieldSpec  one field as the policy asks it
 * @property {string} id
 * @property {string} label
 * @property {string} kind  text, long, choice, yes_no, datetime, number, email, phone, files, cvss
 * @property {string} strength  required, requested or optional
 * @property {number} limit  characters; 0 when there is none
 *
 * @typedef {{field: string, message: string}} Fault  `field` is the id of what to put right
 */

const MAIL = /^[^\s@]+@[^\s@.]+(?:\.[^\s@.]+)+$/
const PHONE = /^\+?[\d\s().\/-]{4,38}\d$/
const HOURS = /^\d{1,5}(?:[.,]\d{1,2})?$/
const LOCAL = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2})?$/

/** @type {Record<string, (value: string) => string | null>} */
const KINDS = {
    email: (value) => (MAIL.test(value) ? null : "Write an address such as name@example.org."),
    phone: (value) => (PHONE.test(value) ? null : "Write a number such as +31 20 555 0123."),
    number: (value) => (HOURS.test(value) ? null : "Write a number such as 3 or 1.5."),
    datetime: (value) => (instant(value) ? null : "Write a date and a time."),
    cvss: vectorFault,
}

/**
 * @param {FieldSpec[]} specs
 * @param {Record<string, string>} values  as typed, by field id
 * @returns {Fault[]} in the order of the form; at most one per field
 */
export function faultsIn(specs, values) {
    const found = specs.flatMap((spec) => {
        const message = faultOf(spec, (values[spec.id] ?? "").trim())
        return message ? [{ field: spec.id, message }] : []
    })
    return found.length > 0 ? found : backwards(values)
}

/**
 * @param {FieldSpec} spec
 * @param {string} value
 * @returns {string | null}
 */
export function faultOf({ label, kind, strength, limit }, value) {
    if (value === "") return strength === "required" ? `“${label}” is required.` : null
    if (limit > 0 && value.length > limit) {
        return `This is ${value.length - limit} characters longer than the ${limit} that fit.`
    }
    return KINDS[kind]?.(value) ?? null
}

/**
 * Turn what was typed into what is sealed: times as UTC, so that they do not tell where one lives.
 * @param {FieldSpec[]} specs
 * @param {Record<string, string>} values
 * @returns {Record<string, string>} the answered fields only
 */
export function answersFrom(specs, values) {
    const answered = specs.filter(({ id }) => (values[id] ?? "").trim() !== "")
    /** @param {FieldSpec} spec */
    const sealed = ({ id, kind }) => (kind === "datetime" ? toUtc(values[id]) : values[id].trim())
    return Object.fromEntries(answered.map((spec) => [spec.id, sealed(spec)]))
}

/**
 * @param {string} local  a time on this machine's clock, as the browser's picker gives it
 * @returns {string} the same moment in UTC, to the minute
 */
export function toUtc(local) {
    const moment = instant(local.trim())
    return moment ? moment.toISOString().replace(/:\d{2}\.\d{3}Z$/, "Z") : local.trim()
}

/** @param {string} value */
function instant(value) {
    const moment = new Date(value)
    return LOCAL.test(value) && !Number.isNaN(moment.getTime()) ? moment : null
}

/** @param {Record<string, string>} values @returns {Fault[]} */
function backwards({ investigated_from: from, investigated_to: to }) {
    const [start, end] = [instant(from ?? ""), instant(to ?? "")]
    if (!start || !end || end >= start) return []
    return [{ field: "investigated_to", message: "This is before the investigation began." }]
}
