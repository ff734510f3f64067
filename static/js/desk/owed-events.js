/**
 * What the portal's timeline still lacks of what was signed: events, each with the number of the
 * message that says so. Pure: it reads a verified thread and what was recorded.
 */
import { accord } from "../thread/agreements.js"
import { matters } from "../thread/agreement-words.js"

/**
 * @typedef {import("./case-client.js").Case} Case
 * @typedef {import("../thread/agreements.js").Word} Word
 * @typedef {import("../thread/chain.js").Judged} Judged
 * @typedef {{name: string, data: Record<string, any>, label: string}} Owed  an event to be recorded,
 *     and what the button for it says
 * @typedef {Pick<Case, "events" | "publication">} Recorded
 */

const OVER = new Set(["published", "leaked"]) // nothing is left to agree on
/** @type {Record<string, Record<string, [string, string]>>} by who proposed, and the answer */
const ANSWERS = {
    staff: {
        agreed: ["publication_agreed", "Record that the reporter agreed"],
        declined: ["publication_declined", "Record that the reporter declined"],
    },
    reporter: {
        agreed: ["publication_accepted", "Record that staff agreed"],
        declined: ["publication_refused", "Record that staff declined"],
    },
}

/**
 * @param {Judged[]} thread
 * @param {Recorded} recorded
 * @returns {Owed[]} what is owed about publication, in the order in which it has to be recorded
 */
export function owedPublication(thread, { events, publication }) {
    const { state, proposal, answer } = accord(thread)
    if (!proposal || OVER.has(publication.state)) return []
    const opening = proposed(proposal)
    const known = events.some(({ name, data }) => name === opening.name && isAbout(data, proposal))
    const owed = known ? [] : [opening]
    if (!answer) return owed
    const [name, label] = ANSWERS[proposal.author][state]
    // The portal knows the reporter's words by their number, and asks for that one.
    const message = proposal.author === "staff" ? answer.sequence : proposal.sequence
    const said = events.some((event) => event.name === name && event.data.message === message)
    if (!said) owed.push({ name, data: { message }, label: numbered(label, answer) })
    return owed
}

/**
 * @param {Judged[]} thread
 * @param {Word} word  the last on its matter
 * @param {Recorded} recorded
 * @returns {Owed | null} what is owed about data, a name or a reward
 */
export function owedFor(thread, word, { events }) {
    const { kind, sequence: message, value } = word
    const has = (/** @type {string} */ name) =>
        events.some((event) => event.name === name && event.data.message === message)
    if (kind === "attestation") return has("data_deleted") ? null : gone(word)
    if (kind === "decision") return has("rewarded") ? null : rewarded(thread, word)
    if (kind !== "credit") return null
    if (value.trim()) return has("credited") ? null : named(word)
    const label = numbered("Record that the reporter is not to be named", word)
    return isCredited(events) ? { name: "uncredited", data: {}, label } : null
}

/**
 * @param {Judged[]} thread
 * @param {Recorded} recorded
 * @returns {string | null} the name that the reporter signed and that staff recorded they will use
 */
export function nameToShow(thread, { events }) {
    const wish = matters(thread).find(({ kind }) => kind === "credit")
    const last = events.filter(({ name }) => name === "credited" || name === "uncredited").pop()
    const agreed = last?.name === "credited" && last.data.message === wish?.sequence
    return agreed && wish?.value.trim() ? wish.value : null
}

/** @param {Word} proposal @returns {Owed} */
function proposed(proposal) {
    const { author, sequence: message, value: date } = proposal
    const own = author === "staff"
    const label = own ? "Record the proposal" : "Record that the reporter proposes this day"
    const name = own ? "publication_proposed" : "publication_countered"
    return { name, data: { date, message }, label: numbered(label, proposal) }
}

/** @param {Record<string, any>} data  of an event @param {Word} proposal */
function isAbout({ message, date }, { sequence, value }) {
    return message === sequence || (message === undefined && date === value)
}

/** @param {Word} word @returns {Owed} */
function gone(word) {
    const label = numbered("Record that the data is gone", word)
    return { name: "data_deleted", data: { message: word.sequence }, label }
}

/** @param {Word} word @returns {Owed} */
function named(word) {
    const label = numbered("Record that the reporter is to be named", word)
    return { name: "credited", data: { message: word.sequence }, label }
}

/** @param {Judged[]} thread @param {Word} word @returns {Owed} */
function rewarded(thread, word) {
    const said = thread.find(({ place }) => place.sequence === word.sequence)?.body?.data ?? {}
    const factors = Object.keys(said.factors ?? {}).length > 0 ? { factors: said.factors } : {}
    const data = { answer: said.answer, ...factors, message: word.sequence }
    return { name: "rewarded", data, label: numbered("Record the decision", word) }
}

/** @param {Case["events"]} events */
function isCredited(events) {
    const last = events.filter(({ name }) => name === "credited" || name === "uncredited").pop()
    return last?.name === "credited"
}

/** @param {string} label @param {Word} word */
function numbered(label, { sequence }) {
    return `${label} (message ${sequence})`
}
