/** What can be said of a message, in the words that both sides read. */

/**
 * @typedef {import("./message.js").Author} Author
 * @typedef {"good" | "forged" | "broken" | "unsigned" | "unchecked"} Verdict
 * @typedef {keyof typeof VERDICTS} Reason
 */

/** By the reason it was judged so; each is one of `Verdict`. */
export const VERDICTS = /** @type {const} */ ({
    signed: "good",
    order: "broken",
    malformed: "forged",
    "other-report": "forged",
    "other-author": "forged",
    changed: "forged",
    signature: "forged",
    keyset: "forged",
    stranger: "forged",
    retired: "forged",
    "by-hand": "unsigned",
    unopened: "unsigned",
    "no-root": "unchecked",
    "no-key": "unchecked",
})

/** @type {Record<Reason, string>} a further sentence; empty when there is nothing to add */
export const DETAILS = {
    signed: "",
    order: "This one is signed, but does not follow the one before it.",
    malformed: "It is not written as Portico writes messages.",
    "other-report": "It was written for another report.",
    "other-author": "Who wrote it and who the portal says wrote it are not the same.",
    changed: "Its text is not the text that was signed.",
    signature: "Its signature does not fit.",
    keyset: "It names keys for which the program's root key never vouched.",
    stranger: "It was signed with another key.",
    retired: "Its key had been withdrawn when it was written.",
    "by-hand": "Nobody can tell who wrote it, or whether it is whole.",
    unopened: "So nothing in it can be checked.",
    "no-root": "No copy of the report was kept, and with it the program's root key.",
    "no-key": "The report names no signing key of the reporter.",
}

const STRANGER = {
    reporter: {
        staff: "This message was not signed by the program's staff.",
        reporter: "This message was not signed with your token.",
    },
    staff: {
        staff: "This message was not signed by the program's staff.",
        reporter: "This message was not signed by the reporter.",
    },
}
const UNOPENED = {
    reporter: "This message does not open with your token.",
    staff: "This message does not open with your key.",
}

/**
 * @param {Reason} reason
 * @param {{author: Author, role: string | null, reader: Author}} about  who wrote it, or is said
 *     to have; what a signer from the staff does, in the keyset's words; who reads the sentence
 * @returns {string} the sentence that stands above a message
 */
export function headline(reason, { author, role, reader }) {
    const verdict = VERDICTS[reason]
    if (verdict === "good") return signed(author, role, reader)
    if (verdict === "forged") return `${STRANGER[reader][author]} Do not trust it.`
    if (verdict === "broken") return "A message is missing or was moved."
    if (verdict === "unchecked") return "Who signed this message cannot be checked."
    return reason === "unopened" ? UNOPENED[reader] : "Sealed by hand, and not signed."
}

/** @param {Author} author @param {string | null} role @param {Author} reader */
function signed(author, role, reader) {
    if (author === "staff") return `Signed by the program's staff (${role}).`
    return reader === "reporter" ? "Signed with your token." : "Signed with the reporter's token."
}
