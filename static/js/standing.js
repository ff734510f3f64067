/** What the portal says about a report, checked member by member before a page relies on it. */

/**
 * @typedef {import("./timeline.js").Deadline} Deadline
 * @typedef {import("./timeline.js").Happening} Happening
 *
 * @typedef {{state: string, told: string[]}} Outlook  how something stands, in sentences
 *
 * @typedef {{forms: string[], named: boolean}} Recognition  the ways of being named that the policy
 *     knows, and whether one's name stands on its page of thanks
 *
 * @typedef {object} Status
 * @property {string} report
 * @property {string} program
 * @property {string} program_name
 * @property {string} kind  such as `report` or `question`
 * @property {boolean} exposed  as the reporter ticked it, like the next
 * @property {boolean} exploited
 * @property {number} policy_version  that the report was made under
 * @property {string} received_at  ISO 8601
 * @property {string} state
 * @property {string} state_label
 * @property {Happening[]} events
 * @property {Deadline[]} deadlines
 * @property {string[]} not_promised  what this policy names no date for
 * @property {Outlook} publication
 * @property {Outlook & {statement: string | null, clause: string | null}} data  that the reporter
 *     came to hold
 * @property {Recognition | null} [recognition]
 * @property {{role: string, length: number, payload_sha256: string}[]} envelopes
 * @property {string} zone  IANA name
 * @property {string} receipt
 */

const TEXTS = ["report", "program", "program_name", "kind", "state", "state_label", "receipt"]
const STATES = new Set(["running", "paused", "met", "late", "pending"])
const SHA256 = /^[0-9a-f]{64}$/
const MOMENT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,6})?(?:Z|[+-]\d\d:\d\d)$/

/**
 * @param {Record<string, any>} raw
 * @returns {raw is Status}
 */
export function isStatus(raw) {
    return (
        TEXTS.every((name) => isText(raw[name])) &&
        typeof raw.exposed === "boolean" &&
        typeof raw.exploited === "boolean" &&
        Number.isSafeInteger(raw.policy_version) &&
        isMoment(raw.received_at) &&
        isZone(raw.zone) &&
        isListOf(raw.events, isHappening) &&
        isListOf(raw.deadlines, isDeadline) &&
        isListOf(raw.not_promised, isText) &&
        isOutlook(raw.publication) &&
        isHeldData(raw.data) &&
        isAbsentOr(raw.recognition, isRecognition) &&
        isListOf(raw.envelopes, isEnvelope)
    )
}

/** @param {any} raw @returns {raw is Deadline} */
export function isDeadline(raw) {
    return (
        isText(raw?.id) &&
        isText(raw.label) &&
        STATES.has(raw.state) &&
        (raw.due === null || isMoment(raw.due)) &&
        (raw.explanation === null || isText(raw.explanation)) &&
        isAbsentOr(raw.late_by, isText) &&
        isAbsentOr(raw.done, isMoment)
    )
}

/** @param {Deadline} deadline  with a day that is still waited for, as the calendar file has it */
export function hasOpenDate({ due, state, done }) {
    return due !== null && !done && (state === "running" || state === "late")
}

/** @param {any} raw @returns {raw is Outlook} */
function isOutlook(raw) {
    return isText(raw?.state) && isListOf(raw.told, isText)
}

/** @param {any} raw */
function isHeldData(raw) {
    const words = isAbsentOr(raw?.statement, isText) && isAbsentOr(raw?.clause, isText)
    return words && isOutlook(raw)
}

/** @param {any} raw */
function isRecognition(raw) {
    return isListOf(raw?.forms, isText) && typeof raw.named === "boolean"
}

/** @param {unknown} raw @param {(one: any) => boolean} test */
function isAbsentOr(raw, test) {
    return raw === undefined || raw === null || test(raw)
}

/** @param {any} raw @returns {raw is Happening} */
function isHappening(raw) {
    const note = raw?.note === null || isText(raw?.note)
    return isText(raw?.name) && isText(raw.label) && isMoment(raw.at) && note
}

/** @param {any} raw */
function isEnvelope(raw) {
    const counted = Number.isSafeInteger(raw?.length) && raw.length >= 0
    const hashed = isText(raw?.payload_sha256) && SHA256.test(raw.payload_sha256)
    return isText(raw?.role) && counted && hashed
}

/**
 * @param {unknown} raw
 * @returns {raw is string} ISO 8601 with an offset
 */
export function isMoment(raw) {
    return isText(raw) && MOMENT.test(raw) && Number.isFinite(Date.parse(raw))
}

/** @param {unknown} raw  a zone that this browser can count in */
function isZone(raw) {
    try {
        return isText(raw) && Boolean(new Intl.DateTimeFormat("en-GB", { timeZone: raw }))
    } catch {
        return false
    }
}

/** @param {unknown} raw @param {(one: any) => boolean} test */
function isListOf(raw, test) {
    return Array.isArray(raw) && raw.every(test)
}

/** @param {unknown} raw @returns {raw is string} */
function isText(raw) {
    return typeof raw === "string"
}
