/** A short list of what is about to be sent, beside the button that sends it. */
import { byId, element } from "./dom.js"
import { sizeText } from "./sizes.js"

/**
 * @typedef {object} Recap
 * @property {string} target
 * @property {string} ruling  in words; empty when it was not checked
 * @property {string} title
 * @property {number[]} sizes  bytes of each file
 * @property {string[]} identity  labels of the answers that tell who the reporter is
 * @property {boolean} reply
 */

/** @param {Recap} recap */
export function showRecap({ target, ruling, title, sizes, identity, reply }) {
    const sum = sizeText(sizes.reduce((total, size) => total + size, 0))
    byId("recap", HTMLElement).replaceChildren(
        row("Target", target || "None yet"),
        row("Ruling", ruling || "Not checked"),
        row("Title", title || "None yet"),
        row("Files", sizes.length > 0 ? `${sizes.length}, ${sum} in all` : "None"),
        row("About you", identity.length > 0 ? identity.join(", ") : "Nothing: you stay anonymous"),
        row("Answers", answers(reply, identity)),
    )
}

/** @param {boolean} reply @param {string[]} identity */
function answers(reply, identity) {
    if (reply) return "You read them with your token"
    return identity.length > 0
        ? "Not with your token; only by the contact you gave"
        : "Staff cannot answer you. Tick “Let me read answers” if they should."
}

/** @param {string} label @param {string} value */
function row(label, value) {
    return element("div", {}, element("dt", {}, label), element("dd", {}, value))
}
