/** What two sides have agreed on, in the sentences that `portico open` prints, too. */
import { day } from "../dates.js"
import { visible } from "../markdown.js"
import { accord, agreed, mayBind, unheeded } from "./agreements.js"
import { KINDS } from "./body.js"

/**
 * @typedef {import("./agreements.js").Accord} Accord
 * @typedef {import("./agreements.js").Word} Word
 * @typedef {import("./chain.js").Judged} Judged
 * @typedef {import("./message.js").Author} Author
 *
 * @typedef {object} Manner  how values are written
 * @property {(date: string) => string} day
 * @property {(name: string) => string} name
 */

/** @type {Manner} */
const ON_A_PAGE = { day, name: (name) => `“${visible(name)}”` }
const AGREED = "publication-agreed"
/** @type {Partial<Record<Word["kind"], string>>} */
const WHOLE = {
    withdrawal: "Withdrawn: the report is taken back",
    deletion: "To be deleted: the report and its messages",
}
/** @type {Record<string, string>} */
const DECIDED = { yes: "a reward is given", no: "no reward is given" }

/**
 * @param {Judged[]} thread  only what is good in it counts
 * @param {Author} reader
 * @param {Manner} [manner]
 * @returns {string[]} a sentence for each thing that was agreed, asked for or proposed
 */
export function told(thread, reader, manner = ON_A_PAGE) {
    return [
        ...matters(thread).map((word) => sentence(word, reader, manner)),
        ...accordSentences(accord(thread), reader, manner),
        ...unheeded(thread).map((word) => unheededSentence(word, reader)),
    ]
}

/**
 * @param {Judged[]} thread
 * @returns {Word[]} the last word on each matter but publication, where it takes both sides
 */
export function matters(thread) {
    const newest = new Map(agreed(thread).map((word) => [word.kind, word]))
    return [...newest.values()]
        .filter(({ kind }) => !kind.startsWith("publication-"))
        .sort((one, other) => one.sequence - other.sequence)
}

/** @param {Word} word @param {Author} reader @param {Manner} [manner] */
export function sentence(word, reader, manner = ON_A_PAGE) {
    const { kind, value } = word
    const where = whereIs(word, reader)
    if (WHOLE[kind]) return `${WHOLE[kind]} (${where}).`
    if (kind === "attestation") return `Data that was held: ${value}, by the reporter's word (${where}).`
    if (kind === "decision") return `Reward: ${DECIDED[value]} (${where}).`
    const named = value.trim() ? `named as ${manner.name(value)}` : "not to be named at all"
    return `Credit: ${named} (${where}).`
}

/**
 * @param {Accord} found
 * @param {Author} reader
 * @param {Manner} [manner]
 * @returns {string[]} one, or none while nothing is proposed
 */
export function accordSentences({ state, proposal, answer }, reader, manner = ON_A_PAGE) {
    if (!proposal) return []
    const about = `publication on ${manner.day(proposal.value)}`
    if (answer) {
        const beginning = state === "agreed" ? "Agreed" : "Declined"
        return [`${beginning}: ${about} (${whereIs(answer, reader)}).`]
    }
    const other = proposal.author === "staff" ? "reporter" : "staff"
    const who = other === "staff" ? "staff have" : reader === other ? "you have" : "the reporter has"
    return [`Open proposal: ${about} (${whereIs(proposal, reader)}); ${who} not answered it.`]
}

/** @param {Word} word @param {Author} reader */
export function unheededSentence(word, reader) {
    const what = word.kind === AGREED ? "agreement" : "refusal"
    const where = whereIs(word, reader)
    return `Not counted: the ${what} in ${where}; it does not answer the newest open proposal.`
}

/**
 * Say what kind of message it is, above its text.
 * @param {Pick<Judged, "body" | "place">} entry
 * @returns {string | null} null for a mere message
 */
export function kindWords({ body, place }) {
    if (!body || body.kind === "message") return null
    const { kind, data } = body
    const theirs = kind === "completion" ? place.author === "reporter" : mayBind(kind, place.author)
    if (!theirs) return `${KINDS[kind]}: not theirs to say, so it counts for nothing`
    const value = valueWords(kind, data)
    return value ? `${KINDS[kind]}: ${value}` : KINDS[kind]
}

/** @param {Word["kind"]} kind @param {Record<string, any>} data @returns {string} */
function valueWords(kind, data) {
    if (kind === "credit") return data.name ? visible(data.name) : "not at all"
    if (kind === "attestation") return `it is ${data.clause}`
    if (kind === "decision") return DECIDED[data.answer]
    if (data.date) return day(data.date)
    return data.proposal ? `as message ${data.proposal} proposes` : ""
}

/** @param {Word} word @param {Author} reader */
function whereIs({ sequence, author }, reader) {
    const name = author === "staff" ? "staff" : reader === author ? "you" : "the reporter"
    return `message ${sequence}, signed by ${name}`
}
