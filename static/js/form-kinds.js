/** What is asked for each kind of delivery, and what of it is shown; knows nothing of the page. */

/**
 * @typedef {"report" | "quick" | "question"} Kind
 * @typedef {{exposed: boolean, exploited: boolean}} Flags  what the reporter ticked
 *
 * @typedef {object} Choice  what a reporter wants to send
 * @property {Kind} kind
 * @property {Flags} flags
 * @property {Flags} asks  about what more is asked: data may lie open without a tick
 * @property {boolean} unfolded  whether everything is shown although it is urgent
 *
 * @typedef {object} Asked  one question of the page
 * @property {string} id
 * @property {string} strength  required, requested or optional
 * @property {string} occasion  `exposed`, `exploited`, `question`, or empty: in every full report
 * @property {boolean} answered  whether something stands in it
 */

const TITLE = "title" // the one field of a quick report beside its target

// What a question's fields are called once sealed, so that every reader finds a title.
/** @type {Record<string, string>} */
const SEALED_AS = { subject: TITLE, contact: "contact_email" }

/**
 * @param {Asked} asked
 * @param {Choice} choice
 * @returns {boolean} whether the page shows it
 */
export function isShown({ id, occasion, ...asked }, choice) {
    if (occasion === "question" || choice.kind === "question") return occasion === choice.kind
    if (occasion !== "") return choice.asks[/** @type {keyof Flags} */ (occasion)]
    if (id === TITLE) return true
    return choice.kind === "report" && !isFolded(asked, choice)
}

/**
 * What only helps is folded away when it is urgent; what was written already stays in sight.
 * @param {{strength: string, answered: boolean}} asked
 * @param {Choice} choice
 */
export function isFolded({ strength, answered }, { kind, flags, unfolded }) {
    const urgent = flags.exposed || flags.exploited
    return kind === "report" && urgent && !unfolded && strength !== "required" && !answered
}

/**
 * @param {Flags} flags  as ticked
 * @param {Kind} kind
 * @returns {Flags} those that count: a question has none
 */
export function flagsOf({ exposed, exploited }, kind) {
    const counts = kind !== "question"
    return { exposed: counts && exposed, exploited: counts && exploited }
}

/**
 * @param {string} hash  of the page's address, which no server sees
 * @param {string[]} offered  kinds that the policy takes
 * @returns {Kind} what to begin with
 */
export function firstKind(hash, offered) {
    const wanted = hash.replace(/^#/, "")
    return /** @type {Kind} */ (offered.includes(wanted) ? wanted : "report")
}

/** @param {string} id  of a field on the page @returns {string} its name in the sealed report */
export function sealedName(id) {
    return SEALED_AS[id] ?? id
}

/**
 * @param {Record<string, string>} answers  by field id
 * @returns {Record<string, string>} by their names in the sealed report
 */
export function sealedAnswers(answers) {
    return Object.fromEntries(Object.entries(answers).map(([id, text]) => [sealedName(id), text]))
}
