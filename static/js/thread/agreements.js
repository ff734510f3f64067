/**
 * What two sides have agreed on, by signed messages alone.
 *
 * An event on the server is a hint, and a message that is forged, moved or unsigned says nothing.
 */

/**
 * @typedef {import("./chain.js").Judged} Judged
 * @typedef {import("./body.js").Kind} Kind
 *
 * @typedef {object} Word  something that somebody is bound by
 * @property {Kind} kind  never `message`
 * @property {number} sequence  of the message that says it
 * @property {number | null} proposal  number of the proposal it answers
 * @property {string} value  the date proposed, or how the reporter wants to be named; empty for
 *     “not at all”
 */

/** @type {Partial<Record<Kind, import("./message.js").Author>>} who may say what */
const SPEAKERS = {
    "publication-proposed": "staff",
    "publication-agreed": "reporter",
    "publication-declined": "reporter",
    credit: "reporter",
    withdrawal: "reporter",
    deletion: "reporter",
}
const ANSWERS = new Set(["publication-agreed", "publication-declined"])

/**
 * @param {Judged[]} thread
 * @returns {Word[]} what was said in good messages, by those who may say it, oldest first
 */
export function agreed(thread) {
    const proposed = new Set()
    /** @type {Word[]} */
    const words = []
    for (const { verdict, body, place } of thread) {
        if (verdict !== "good" || !body || SPEAKERS[body.kind] !== place.author) continue
        const answers = ANSWERS.has(body.kind)
        if (answers && !proposed.has(body.data.proposal)) continue // to nothing that staff signed
        if (body.kind === "publication-proposed") proposed.add(place.sequence)
        const value = body.kind === "credit" ? body.data.name : body.data.date
        words.push({
            kind: body.kind,
            sequence: place.sequence,
            proposal: answers ? body.data.proposal : null,
            value: typeof value === "string" ? value : "",
        })
    }
    return words
}

/**
 * @param {Judged[]} thread
 * @returns {Word | null} the newest proposal to publish that the reporter has not answered
 */
export function openProposal(thread) {
    const words = agreed(thread)
    const newest = words.filter(({ kind }) => kind === "publication-proposed").pop()
    const answered = words.some(({ kind, proposal }) =>
        ANSWERS.has(kind) && proposal === newest?.sequence)
    return newest && !answered ? newest : null
}
