/** A thread on the page: who wrote what, when, and whether it can be relied on. */
import { byId, element, fill, fromTemplate, slot } from "./dom.js"
import { visible } from "./markdown.js"
import { sizeText } from "./sizes.js"
import { kindWords } from "./thread/agreement-words.js"
import { DETAILS, headline } from "./thread/verdicts.js"
import { fillTime } from "./timeline.js"

/**
 * @typedef {import("./thread/reading.js").Entry} Entry
 *
 * @typedef {object} Fetching  what a press of a button under a message does
 * @property {(entry: Entry) => Promise<HTMLElement>} files  gives links to the files of a message
 * @property {(entry: Entry) => Promise<HTMLElement>} sealed  gives a link to it as it was sealed
 */

const NAMES = { staff: "Staff", reporter: "You" }
const CLAIMED = { staff: "Said to be from staff", reporter: "Said to be from you" }
const SURE = new Set(["good", "broken"]) // of these, the author is known

/**
 * @param {Entry[]} thread
 * @param {string} zone  IANA name
 * @param {Fetching} fetching
 */
export function showThread(thread, zone, fetching) {
    const list = byId("messages-list", HTMLElement)
    list.replaceChildren(...thread.map((entry) => messageLine(entry, zone, fetching)))
    list.hidden = thread.length === 0
}

/** @param {Entry} entry @param {string} zone @param {Fetching} fetching */
function messageLine(entry, zone, fetching) {
    const { place, verdict, reason, signer, body } = entry
    const line = fromTemplate("message")
    line.dataset.verdict = verdict
    line.dataset.sequence = String(place.sequence)
    fill(line, "who", (SURE.has(verdict) ? NAMES : CLAIMED)[place.author])
    fill(line, "number", String(place.sequence))
    fillTime(line, "at", SURE.has(verdict) && body ? body.at : entry.at, zone)
    const about = { author: place.author, role: signer?.role ?? null, reader: "reporter" }
    fill(line, "headline", headline(reason, /** @type {any} */ (about)))
    fill(line, "detail", DETAILS[reason])
    fill(line, "kind", kindWords(entry))
    slot(line, "said").replaceChildren(...saidIn(entry))
    offer(slot(line, "files"), entry, fetching)
    return line
}

/** @param {Entry} entry @returns {HTMLElement[]} */
function saidIn({ body, verdict }) {
    const words = body?.text || (body?.kind === "attestation" ? body.data.text : "")
    if (!words) return []
    const text = element("p", { class: "said" }, visible(words))
    if (verdict !== "forged") return [text]
    const summary = element("summary", {}, "Read it all the same")
    return [element("details", {}, summary, text)]
}

/**
 * Offer what a message brings along; nothing of it is fetched before somebody asks.
 * @param {HTMLElement} place
 * @param {Entry} entry
 * @param {Fetching} fetching
 */
function offer(place, entry, fetching) {
    const { body, verdict } = entry
    const unread = verdict === "unsigned"
    place.hidden = verdict === "forged" || !(unread || body?.files)
    if (place.hidden) return
    const name = unread ? "Save it as it was sealed" : filesName(body?.files?.files ?? [])
    const button = element("button", { type: "button", class: "button second small" }, name)
    button.addEventListener("click", () => {
        button.disabled = true
        void (unread ? fetching.sealed(entry) : fetching.files(entry)).then(
            (found) => place.replaceChildren(found),
        )
    })
    place.replaceChildren(button)
}

/** @param {{size: number}[]} files */
function filesName(files) {
    const size = sizeText(files.reduce((sum, file) => sum + file.size, 0))
    return `Fetch ${files.length === 1 ? "the file" : `${files.length} files`}, ${size}`
}
