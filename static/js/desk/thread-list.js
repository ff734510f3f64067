/** A thread at the desk: who wrote what, when, and whether it can be relied on. */
import { byId, element, fill, fromTemplate, slot } from "../dom.js"
import { visible } from "../markdown.js"
import { kindWords } from "../thread/agreement-words.js"
import { DETAILS, headline } from "../thread/verdicts.js"
import { fillTime } from "../timeline.js"
import { FileList } from "./file-list.js"

/**
 * @typedef {import("./thread-reading.js").Entry} Entry
 * @typedef {import("../unpacking.js").Slice} Slice
 */

const SURE = new Set(["good", "broken"]) // of these, the author is known

/**
 * @param {Entry[]} thread
 * @param {string} zone  IANA name
 * @param {(entry: Entry) => Promise<Slice[]>} files  fetches the files of a message
 */
export function showThread(thread, zone, files) {
    const list = byId("messages-list", HTMLElement)
    list.replaceChildren(...thread.map((entry) => line(entry, zone, files)))
    list.hidden = thread.length === 0
}

/** @param {Entry} entry @param {string} zone @param {(entry: Entry) => Promise<Slice[]>} files */
function line(entry, zone, files) {
    const { place, verdict, reason, signer, body, at } = entry
    const made = fromTemplate("message")
    made.dataset.verdict = verdict
    made.dataset.sequence = String(place.sequence)
    fill(made, "who", whoWords(entry))
    fill(made, "number", String(place.sequence))
    fillTime(made, "at", SURE.has(verdict) && body ? body.at : at, zone)
    const about = { author: place.author, role: signer?.role ?? null }
    fill(made, "headline", headline(reason, { ...about, reader: "staff" }))
    fill(made, "detail", DETAILS[reason])
    fill(made, "kind", kindWords(entry))
    slot(made, "said").replaceChildren(...saidIn(entry))
    offer(slot(made, "files"), entry, files)
    return made
}

/** @param {Entry} entry */
function whoWords({ verdict, signer, place, actor }) {
    if (!SURE.has(verdict)) {
        return place.author === "staff" ? "Said to be from staff" : "Said to be from the reporter"
    }
    if (place.author === "reporter") return "The reporter"
    const same = !actor || actor.name === signer?.name
    return `${signer?.name}${same ? "" : ` (from the account of ${actor.name})`}`
}

/** @param {Entry} entry @returns {HTMLElement[]} */
function saidIn({ body, verdict, place }) {
    const attested = body?.kind === "attestation" ? body.data.text : ""
    const text = body ? body.text || attested : byHandText(place.files)
    if (!text) return []
    const said = element("p", { class: "said" }, visible(text))
    if (verdict !== "forged") return [said]
    return [element("details", {}, element("summary", {}, "Read it all the same"), said)]
}

/** @param {Map<string, Uint8Array> | null} files  of a message that is not in our form */
function byHandText(files) {
    const found = files?.get("message.md") ?? files?.get("message.txt")
    return found ? new TextDecoder().decode(found) : ""
}

/**
 * Offer the files that came with a message; nothing of them is fetched before somebody asks.
 * @param {HTMLElement} place
 * @param {Entry} entry
 * @param {(entry: Entry) => Promise<Slice[]>} files
 */
function offer(place, entry, files) {
    const named = entry.verdict === "forged" ? [] : (entry.body?.files?.files ?? [])
    const byHand = entry.reason === "by-hand" ? [...(entry.place.files ?? [])] : []
    place.hidden = named.length + byHand.length === 0
    if (named.length) place.append(FileList.offered(named, () => files(entry)))
    if (byHand.length) {
        const slices = byHand.map(([name, bytes]) => {
            return { name, blob: new Blob([new Uint8Array(bytes)]) }
        })
        place.append(new FileList(slices).root)
    }
}
