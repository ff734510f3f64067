/**
 * What two sides have agreed on, by signed messages alone.
 *
 * An event on the server is a hint, and a message that is forged, moved or unsigned says nothing.
 *
 * Publication takes both: a date is agreed on once the other side than the one that proposed it
 * says so in answer to the newest proposal. A new proposal, by whomever, replaces the one before it
 * and what was agreed on it. Who declined does not come to agree by a second answer: that takes a
 * new proposal; who agreed may still decline. In doubt nothing is agreed.
 */

/**
 * @typedef {import("./chain.js").Judged} Judged
 * @typedef {import("./body.js").Kind} Kind
 * @typedef {import("./message.js").Author} Author
 *
 * @typedef {object} Word  something that somebody is bound by
 * @property {Kind} kind
 * @property {number} sequence  of the message that says it
 * @property {Author} author  who said it
 * @property {number | null} proposal  number of the proposal it answers or counters
 * @property {string} value  the date that is proposed or answered; how the reporter wants to be
 *     named, empty for “not at all”; what has become of the data; whether there is a reward
 *
 * @typedef {object} Accord  where the two sides stand about publication
 * @property {"none" | "proposed" | "agreed" | "declined"} state  by what was said last that counts
 * @property {Word | null} proposal  the newest one
 * @property {Word | null} answer  to that very one, by the other side
 */

const PROPOSAL = "publication-proposed"
const AGREED = "publication-agreed"
const ANSWERS = new Set(["publication-agreed", "publication-declined"])
const BOTH = ["staff", "reporter"]
/** @type {Partial<Record<Kind, string[]>>} who may bind themselves to what */
const SPEAKERS = {
    "publication-proposed": BOTH,
    "publication-agreed": BOTH,
    "publication-declined": BOTH,
    credit: ["reporter"],
    withdrawal: ["reporter"],
    deletion: ["reporter"],
    attestation: ["reporter"],
    decision: ["staff"],
}
/** @type {Partial<Record<Kind, string>>} */
const VALUES = { credit: "name", attestation: "clause", decision: "answer" }
/** @type {Accord} */
const NOTHING = { state: "none", proposal: null, answer: null }

/**
 * @param {Judged[]} thread
 * @returns {Word[]} what was said in good messages, by those who may say it, oldest first; an
 *     answer that did not count when it was given is left out
 */
export function agreed(thread) {
    return followed(thread).filter(({ counts }) => counts).map(({ word }) => word)
}

/**
 * @param {Judged[]} thread
 * @returns {Word[]} the answers about publication that do not count, though they are signed: to a
 *     proposal that was replaced, that is one's own or that nobody signed; an agreement after an
 *     answer was given, or to another day than the proposal names
 */
export function unheeded(thread) {
    return followed(thread).filter(({ counts }) => !counts).map(({ word }) => word)
}

/** @param {Judged[]} thread @returns {Accord} */
export function accord(thread) {
    return words(thread).filter(({ kind }) => isAboutPublication(kind)).reduce(after, NOTHING)
}

/** @param {Kind} kind @param {Author} author @returns {boolean} whether it is theirs to say */
export function mayBind(kind, author) {
    return SPEAKERS[kind]?.includes(author) ?? false
}

/** @param {Judged[]} thread */
function followed(thread) {
    let found = NOTHING
    return words(thread).map((word) => {
        const answers = ANSWERS.has(word.kind)
        const counts = !answers || heeds(found, word)
        if (counts && isAboutPublication(word.kind)) found = after(found, word)
        const day = answers && counts ? (found.proposal?.value ?? "") : word.value
        return { word: { ...word, value: day }, counts }
    })
}

/** @param {Accord} before @param {Word} word @returns {Accord} */
function after(before, word) {
    if (word.kind === PROPOSAL) return { state: "proposed", proposal: word, answer: null }
    if (!heeds(before, word)) return before
    const state = word.kind === AGREED ? "agreed" : "declined"
    return { state, proposal: before.proposal, answer: word }
}

/** @param {Accord} found @param {Word} word @returns {boolean} whether an answer counts */
function heeds({ state, proposal }, word) {
    if (word.proposal !== proposal?.sequence || word.author === proposal?.author) return false
    if (word.kind !== AGREED) return true
    return state === "proposed" && ["", proposal?.value].includes(word.value)
}

/** @param {Judged[]} thread @returns {Word[]} */
function words(thread) {
    return thread.flatMap(({ verdict, body, place }) => {
        if (verdict !== "good" || !body || !mayBind(body.kind, place.author)) return []
        const { kind, data } = body
        const { sequence, author } = place
        const value = data[VALUES[kind] ?? "date"]
        const said = typeof value === "string" ? value : ""
        return [{ kind, sequence, author, proposal: data.proposal ?? null, value: said }]
    })
}

/** @param {Kind} kind */
function isAboutPublication(kind) {
    return kind === PROPOSAL || ANSWERS.has(kind)
}
