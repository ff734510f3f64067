/** Drafts of a reply: sealed in the vault every few seconds, and there again on the next visit. */
import { byId } from "../dom.js"
import { seconds } from "../dates.js"

/** @typedef {import("./thread-reading.js").Means} Means */

const PAUSE = 4_000 // milliseconds after the last change

const KEPT = "Draft kept, sealed to your program’s keys. Files are not part of it."

/** Keeps what stands in the answer field. */
export class Drafts {
    #text = byId("answer", HTMLTextAreaElement)
    #note = byId("draft-note", HTMLElement)
    #report
    /** @type {Means | null} */
    #means = null
    #kept = ""
    #timer = 0
    /** @type {Promise<void>} */
    #saving = Promise.resolve()

    /** @param {string} report  its name */
    constructor(report) {
        this.#report = report
        this.#text.addEventListener("input", () => {
            clearTimeout(this.#timer)
            this.#timer = window.setTimeout(() => void this.save(), PAUSE)
        })
    }

    /** @returns {boolean} whether something was typed that no draft holds */
    get unkept() {
        return this.#text.value !== this.#kept
    }

    /** @param {Means} means @param {string} text  of the draft that was kept; empty for none */
    start(means, text) {
        this.#means = means
        if (text && !this.#text.value.trim()) {
            this.#text.value = text
            this.#note.textContent = "Your draft is here again."
        }
        this.#kept = text
    }

    /** The vault is locked: what is kept leaves the page, and what is not stays in the field. */
    stop() {
        clearTimeout(this.#timer)
        this.#means = null
        if (!this.unkept) this.#text.value = this.#kept = ""
        this.#note.textContent = ""
    }

    /** Keep it now; one at a time, so that an older one never comes last. */
    save() {
        clearTimeout(this.#timer)
        this.#saving = this.#saving.then(() => this.#save())
        return this.#saving
    }

    /** It was sent. */
    async drop() {
        clearTimeout(this.#timer)
        await this.#saving
        const had = this.#kept !== ""
        this.#kept = ""
        this.#note.textContent = ""
        if (had) await this.#means?.client.dropDraft()
    }

    async #save() {
        const [means, text] = [this.#means, this.#text.value]
        if (!means || !this.unkept) return
        try {
            await this.#hand(means, text)
            this.#kept = text
            this.#note.textContent = text ? KEPT : ""
        } catch {
            this.#note.textContent = "This draft could not be kept. It is still in this page."
        }
    }

    /** @param {Means} means @param {string} text */
    async #hand({ vault, keys, client }, text) {
        if (!text.trim()) return client.dropDraft()
        const keyset = await keys.current()
        const kind = /** @type {const} */ ("draft")
        const memo = { report: this.#report, kind, content: { text }, now: seconds() }
        const sealed = await vault.sealMemo(memo, keyset.recipients)
        await client.keepMemo(kind, sealed, keyset.version)
    }
}
