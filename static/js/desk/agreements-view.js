/**
 * What both sides said in signed messages, where it has consequences: each sentence with the act that
 * follows from it, and the number of the message filled in. Nothing else counts as anybody's word.
 */
import { byId, element } from "../dom.js"
import { visible } from "../markdown.js"
import {
    accordSentences,
    matters,
    sentence,
    unheededSentence,
} from "../thread/agreement-words.js"
import { accord, unheeded } from "../thread/agreements.js"
import { takesPasskey } from "./elsewhere.js"
import { nameToShow, owedFor, owedPublication } from "./owed-events.js"

/**
 * @typedef {import("./case-client.js").Case} Case
 * @typedef {import("../thread/agreements.js").Word} Word
 * @typedef {import("../thread/chain.js").Judged} Judged
 * @typedef {import("./letter-sending.js").Said} Said
 *
 * @typedef {object} Deeds
 * @property {(owed: {name: string, data: Record<string, unknown>}[]) => void} record
 * @property {() => void} erase  deletes the report for good
 * @property {((said: Said) => void) | null} say  sends a signed message; null where nobody can
 * @property {(name: string | null) => void} thank  puts a name on the page of thanks, or takes it off
 */

const SIGNS = "browser-token" // reports whose reporter has a key to sign with
const UNSIGNED_WISH =
    "The reporter asked for deletion with their token. The report came by hand, so they have no " +
    "key to sign with."
const CLAIMED =
    "The timeline says that publication is agreed, and the signed messages do not. Rely on the " +
    "messages."
const ERASE = "Delete the report for good"
/** @type {Partial<Record<Word["kind"], string>>} what the reporter asks for with the token alone */
const HINTS = { withdrawal: "withdrawn", deletion: "deletion_asked" }

/**
 * @param {Judged[]} thread
 * @param {Case} shown
 * @param {Deeds} deeds
 */
export function showAgreements(thread, shown, deeds) {
    const list = byId("agreements", HTMLElement)
    const lines = [
        ...matters(thread).map((word) =>
            line(sentence(word, "staff"), actionsFor(thread, word, shown, deeds)),
        ),
        ...publicationLines(thread, shown, deeds),
        ...unheeded(thread).map((word) => line(unheededSentence(word, "staff"), [])),
    ]
    if (mayErase(shown) && shown.origin !== SIGNS) {
        lines.push(line(UNSIGNED_WISH, [takesPasskey(button(ERASE, deeds.erase))]))
    }
    list.replaceChildren(...lines)
    list.hidden = lines.length === 0
}

/** @param {Judged[]} thread @param {Case} shown @param {Deeds} deeds */
function publicationLines(thread, shown, deeds) {
    const found = accord(thread)
    const lines = accordSentences(found, "staff").map((words) =>
        line(words, [...recording(thread, shown, deeds), ...answering(found, shown, deeds)]),
    )
    const claimed = shown.publication.state === "agreed" && found.state !== "agreed"
    return claimed && shown.origin === SIGNS ? [...lines, line(CLAIMED, [])] : lines
}

/** @param {Judged[]} thread @param {Case} shown @param {Deeds} deeds */
function recording(thread, shown, deeds) {
    const owed = owedPublication(thread, shown)
    if (owed.length === 0 || !may(shown, owed[0].name)) return []
    return [button(owed[owed.length - 1].label, () => deeds.record(owed))]
}

/**
 * @param {import("../thread/agreements.js").Accord} found
 * @param {Case} shown
 * @param {Deeds} deeds
 */
function answering({ state, proposal }, { role, publication }, { say }) {
    const open = state === "proposed" && proposal?.author === "reporter"
    const over = publication.state === "published" || publication.state === "leaked"
    if (!open || over || !say || role === "reader") return []
    const data = { proposal: proposal.sequence, date: proposal.value }
    return [
        button("Sign that staff agree", () => say({ kind: "publication-agreed", text: "", data })),
        button("Sign that staff decline", () =>
            say({ kind: "publication-declined", text: "", data }),
        ),
    ]
}

/**
 * @param {Judged[]} thread
 * @param {Word} word
 * @param {Case} shown
 * @param {Deeds} deeds
 * @returns {HTMLElement[]}
 */
function actionsFor(thread, word, shown, deeds) {
    if (shown.role === "reader") return []
    if (HINTS[word.kind]) return verifying(HINTS[word.kind] ?? "", word, shown, deeds)
    const owed = owedFor(thread, word, shown)
    if (owed) return may(shown, owed.name) ? [button(owed.label, () => deeds.record([owed]))] : []
    return word.kind === "credit" ? thanking(thread, shown, deeds) : []
}

/** @param {Judged[]} thread @param {Case} shown @param {Deeds} deeds */
function thanking(thread, shown, { thank }) {
    const { page, name: there } = shown.thanks
    const name = nameToShow(thread, shown)
    const put = page && name && name.trim() !== there
    const actions = put
        ? [button(`Put “${visible(name)}” on the public page of thanks`, () => thank(name))]
        : []
    return there ? [...actions, button("Take the name off the page of thanks", () => thank(null))] : actions
}

/**
 * @param {string} name  of the event that hints at the same
 * @param {Word} word
 * @param {Case} shown
 * @param {Deeds} deeds
 */
function verifying(name, word, shown, { record, erase }) {
    const hint = shown.events.find((event) => event.name === name && event.hint)
    if (hint && may(shown, "verified")) {
        const data = { event: hint.number, message: word.sequence }
        const label = `Record that it is verified (message ${word.sequence})`
        return [button(label, () => record([{ name: "verified", data }]))]
    }
    const ready = name === "deletion_asked" && !hint && mayErase(shown)
    return ready ? [takesPasskey(button(ERASE, erase))] : []
}

/** @param {Case} shown  whose reporter asked for it */
function mayErase({ role, events }) {
    const able = role !== "reader" && !events.some(({ name }) => name === "deleted")
    return able && events.some(({ name }) => name === "deletion_asked")
}

/** @param {Case} shown @param {string} name */
function may({ actions, role }, name) {
    return role !== "reader" && actions.some((action) => action.name === name)
}

/** @param {string} words @param {HTMLElement[]} actions */
function line(words, actions) {
    const item = element("li", {}, element("p", {}, words))
    if (actions.length > 0) item.append(element("p", { class: "actions" }, ...actions))
    return item
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
