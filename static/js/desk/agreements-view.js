/**
 * What the reporter said in signed messages, where it has consequences: each can be recorded as an
 * event, with the number of the message that says it. Nothing else counts as their word.
 */
import { day } from "../dates.js"
import { byId, element } from "../dom.js"
import { visible } from "../markdown.js"
import { agreed } from "../thread/agreements.js"
import { KINDS } from "../thread/body.js"

/**
 * @typedef {import("./case-client.js").Case} Case
 * @typedef {import("../thread/agreements.js").Word} Word
 *
 * @typedef {object} Deeds
 * @property {(name: string, data: Record<string, unknown>) => void} record
 * @property {() => void} erase  deletes the report for good
 */

const SIGNS = "browser-token" // reports whose reporter has a key to sign with
const UNSIGNED_WISH =
    "The reporter asked for deletion with their token. The report came by hand, so they have no " +
    "key to sign with."
const ERASE = "Delete the report for good"

/** @type {Partial<Record<Word["kind"], string>>} the event that says the same */
const EVENTS = {
    "publication-agreed": "publication_agreed",
    "publication-declined": "publication_declined",
    withdrawal: "withdrawn",
    deletion: "deletion_asked",
}

/**
 * @param {import("../thread/chain.js").Judged[]} thread
 * @param {Case} shown
 * @param {Deeds} deeds
 */
export function showAgreements(thread, shown, deeds) {
    const list = byId("agreements", HTMLElement)
    const lines = agreed(thread).map((word) => line(word, shown, deeds))
    if (mayErase(shown) && shown.origin !== SIGNS) lines.push(unsignedWish(deeds))
    list.replaceChildren(...lines)
    list.hidden = lines.length === 0
}

/** @param {Deeds} deeds  for a report whose reporter has no key to sign with */
function unsignedWish({ erase }) {
    const actions = element("p", { class: "actions" }, button(ERASE, erase))
    return element("li", {}, element("p", {}, UNSIGNED_WISH), actions)
}

/** @param {Case} shown  whose reporter asked for it */
function mayErase({ role, events }) {
    const able = role !== "reader" && !events.some(({ name }) => name === "deleted")
    return able && events.some(({ name }) => name === "deletion_asked")
}

/** @param {Word} word @param {Case} shown @param {Deeds} deeds */
function line(word, shown, deeds) {
    const value = word.kind === "credit" ? word.value || "not at all" : day(word.value)
    const words = `${KINDS[word.kind]}${value ? `: ${visible(value)}` : ""}`
    const item = element("li", {}, element("p", {}, words))
    item.append(element("p", { class: "small soft" }, `Message ${word.sequence}, signed.`))
    const action = shown.role === "reader" ? null : actionFor(word, shown, deeds)
    if (action) item.append(element("p", { class: "actions" }, action))
    return item
}

/** @param {Word} word @param {Case} shown @param {Deeds} deeds @returns {HTMLElement | null} */
function actionFor(word, shown, deeds) {
    const name = EVENTS[word.kind]
    if (!name) return null
    const hint = shown.events.find((event) => event.name === name && event.hint)
    if (hint && may(shown, "verified")) {
        const data = { event: hint.number }
        return button("Record that it is verified", () => deeds.record("verified", data))
    }
    if (name === "deletion_asked" && !hint && mayErase(shown)) return button(ERASE, deeds.erase)
    const recorded = shown.events.some((event) => event.data.message === word.sequence)
    if (name.startsWith("publication_") && !recorded && may(shown, name)) {
        return button("Record it", () => deeds.record(name, { message: word.sequence }))
    }
    return null
}

/** @param {Case} shown @param {string} name */
function may({ actions }, name) {
    return actions.some((action) => action.name === name)
}

/** @param {string} words @param {() => void} act */
function button(words, act) {
    const made = element("button", { type: "button", class: "button second small" }, words)
    made.addEventListener("click", () => {
        made.disabled = true
        act()
    })
    return made
}
