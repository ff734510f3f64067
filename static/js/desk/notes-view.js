/** Notes and tags: opened for whoever holds a key, sealed again for all who do. */
import { seconds } from "../dates.js"
import { byId, element, fill, fromTemplate, slot } from "../dom.js"
import { visible } from "../markdown.js"
import { fillTime } from "../timeline.js"
import { openMemos } from "./memo-reading.js"

/**
 * @typedef {import("./memo-reading.js").OpenMemo} OpenMemo
 * @typedef {import("./thread-reading.js").Means} Means
 * @typedef {import("./case-client.js").Case} Case
 * @typedef {{draft: string, recipient: string | null}} Found  the draft of whoever asks, empty when
 *     there is none; and the reporter's own key, where a colleague noted it
 */

const MOST_TAGS = 20
const KEY_NOTE = "The reporter’s own age key, as their report names it:"
const UNSIGNED_TAGS = "The tags that are kept are not signed by a colleague."

/** Shows them, and keeps more. */
export class NotesView {
    #root = byId("notes", HTMLElement)
    #list = byId("notes-list", HTMLElement)
    #tags = byId("tags-text", HTMLInputElement)
    #note = byId("note-text", HTMLTextAreaElement)
    /** @type {{shown: Case, means: Means} | null} */
    #open = null
    /** @type {string | null} */
    #next = null

    /** @param {(work: () => Promise<unknown>, said: string) => Promise<boolean>} act */
    constructor(act) {
        byId("note-form", HTMLFormElement).addEventListener("submit", async (event) => {
            event.preventDefault()
            const text = this.#note.value.trim()
            if (!text) return
            const kept = await act(() => this.#keep("note", { text }), "The note is kept.")
            if (kept) this.#note.value = ""
        })
        byId("tags-form", HTMLFormElement).addEventListener("submit", (event) => {
            event.preventDefault()
            const tags = tagsIn(this.#tags.value)
            void act(() => this.#keep("tags", { tags }), "The tags are kept.")
        })
        byId("notes-more", HTMLButtonElement).addEventListener("click", () => {
            void act(() => this.#older(), "Older notes are shown.")
        })
    }

    /**
     * @param {Case} shown
     * @param {Means} means
     * @returns {Promise<Found>} what the page needs of them elsewhere
     */
    async open(shown, means) {
        this.#open = { shown, means }
        const { memos, next } = await means.client.memos()
        const found = await openMemos(shown.id, memos, means)
        this.#show(found, next)
        const able = shown.role !== "reader"
        for (const id of ["note-form", "tags-form"]) byId(id, HTMLFormElement).hidden = !able
        this.#root.hidden = false
        const draft = found.find(({ kept, signer }) => kept.kind === "draft" && signer !== null)
        const key = found.find(({ kept, content, signer }) => {
            return kept.kind === "note" && signer !== null && typeof content.recipient === "string"
        })
        const text = draft?.content.text
        return {
            draft: typeof text === "string" ? text : "",
            recipient: key?.content.recipient ?? null,
        }
    }

    /**
     * Keep the key that a by-hand report names, so that nobody has to paste it again.
     * @param {string} recipient
     */
    async keepKey(recipient) {
        await this.#keep("note", { text: `${KEY_NOTE}\n${recipient}`, recipient })
    }

    /** Take everything that was opened off the page. */
    close() {
        this.#open = null
        this.#root.hidden = true
        this.#list.replaceChildren()
        this.#tags.value = ""
        byId("tags-list", HTMLElement).replaceChildren()
    }

    /** @param {OpenMemo[]} found @param {string | null} next */
    #show(found, next) {
        const tags = found.find(({ kept }) => kept.kind === "tags")
        const words = tags?.signer ? [tags.content.tags].flat().map(String) : []
        const place = byId("tags-list", HTMLElement)
        const shown = words.map((word) => element("li", { class: "tag" }, visible(word)))
        place.replaceChildren(...shown)
        if (tags && !tags.signer) place.append(element("li", {}, UNSIGNED_TAGS))
        this.#tags.value = words.join(", ")
        this.#list.replaceChildren()
        this.#append(found, next)
    }

    /** @param {OpenMemo[]} found @param {string | null} next */
    #append(found, next) {
        const zone = this.#open?.shown.zone ?? "UTC"
        const notes = found.filter(({ kept }) => kept.kind === "note")
        this.#list.append(...notes.map((note) => noteLine(note, zone)))
        this.#next = next
        byId("notes-more-row", HTMLElement).hidden = next === null
    }

    async #older() {
        if (!this.#open || this.#next === null) return
        const { shown, means } = this.#open
        const { memos, next } = await means.client.memos(this.#next)
        this.#append(await openMemos(shown.id, memos, means), next)
    }

    /** @param {"note" | "tags"} kind @param {Record<string, any>} content */
    async #keep(kind, content) {
        if (!this.#open) return
        const { shown, means } = this.#open
        const keyset = await means.keys.current()
        const memo = { report: shown.id, kind, content, now: seconds() }
        const sealed = await means.vault.sealMemo(memo, keyset.recipients)
        await means.client.keepMemo(kind, sealed, keyset.version)
        const { memos, next } = await means.client.memos()
        this.#show(await openMemos(shown.id, memos, means), next)
    }
}

/** @param {string} text @returns {string[]} */
function tagsIn(text) {
    const words = text.split(",").map((word) => word.trim()).filter(Boolean)
    return [...new Set(words)].slice(0, MOST_TAGS)
}

/** @param {OpenMemo} note @param {string} zone */
function noteLine({ kept, at, content, signer }, zone) {
    const made = fromTemplate("note")
    made.dataset.good = signer ? "yes" : "no"
    fill(made, "who", signer ? signer.name : `Said to be from ${kept.author.name}`)
    fillTime(made, "at", at, zone)
    const doubt = "text" in content
        ? "No colleague’s key signed this. Do not rely on it."
        : "This note does not open with your key."
    fill(made, "judgement", signer ? null : doubt)
    const text = typeof content.text === "string" ? content.text : ""
    const said = element("p", { class: "said" }, visible(text))
    if (signer) slot(made, "said").replaceChildren(said)
    else if (text) {
        const summary = element("summary", {}, "Read it all the same")
        slot(made, "said").replaceChildren(element("details", {}, summary, said))
    }
    return made
}
