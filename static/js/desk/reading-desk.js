/** A report that is open: its text first, then its notes and messages; and all of it gone again. */
import { byId, fill } from "../dom.js"
import { ThreadMemory } from "../thread/memory.js"
import { Agreeing } from "./agreeing.js"
import { fetchFiles } from "./attachments.js"
import { say, told } from "./case-desk.js"
import { NotesView } from "./notes-view.js"
import { mainEnvelope, readReport } from "./opened-report.js"
import { hideReport, showReport } from "./reading-view.js"
import { showThread } from "./thread-list.js"
import { readThread } from "./thread-reading.js"
import { trouble } from "./trouble.js"
import { Writing } from "./writing.js"

/**
 * @typedef {import("./thread-reading.js").Entry} Entry
 * @typedef {import("./thread-reading.js").Means} Means
 * @typedef {import("./opened-report.js").OpenedReport} OpenedReport
 * @typedef {{opened: OpenedReport, means: Means, thread: Entry[]}} Reading
 */

const FIRST_SEEN = "It is the first that this tab saw; compare it with the one you know."
const THREAD = ["messages-list", "messages-root", "agreements"]

/** Opens a report with a vault, and takes it off the page. */
export class ReadingDesk {
    #desk
    #means
    #agreeing
    #memory = new ThreadMemory()
    #notes = new NotesView(told)
    #writing
    /** @type {Reading | null} */
    #reading = null

    /**
     * @param {import("./case-desk.js").CaseDesk} desk
     * @param {Omit<Means, "vault">} means
     * @param {() => void} erased  what follows when the report was deleted
     */
    constructor(desk, means, erased) {
        this.#desk = desk
        this.#means = means
        this.#writing = new Writing(desk.shown.id, () => this.refresh())
        const { client } = means
        this.#agreeing = new Agreeing({ desk, client, writing: this.#writing, erased })
    }

    /** @returns {boolean} whether something was written that nobody has */
    get unsent() {
        return this.#writing.unsent
    }

    /**
     * Show the text; files, notes and messages are asked for after it.
     * @param {import("./vault.js").Vault} vault
     * @param {(words: string) => void} progress
     */
    async open(vault, progress) {
        const { shown } = this.#desk
        const means = { ...this.#means, vault }
        progress("Fetching the sealed report.")
        const sealed = await means.client.envelope(mainEnvelope(shown).role)
        progress("Opening it here.")
        const opened = await readReport(await vault.open(sealed), shown, means.keys)
        const reading = { opened, means, thread: [] }
        this.#reading = reading
        await showReport(opened, () => this.#files("attachments", opened.attachments))
        void this.#follow(reading)
    }

    /** Keep what stands in the answer field, sealed, before the vault is locked. */
    keep() {
        return this.#writing.keep()
    }

    /** Take everything that was opened off the page. */
    lock() {
        this.#reading = null
        hideReport()
        this.#notes.close()
        this.#writing.close()
        for (const id of THREAD) byId(id, HTMLElement).hidden = true
        for (const id of ["messages-list", "agreements"]) byId(id, HTMLElement).replaceChildren()
        this.refresh()
    }

    /** Show what follows from how the report stands now. */
    refresh() {
        if (this.#reading) this.#agreeing.show(this.#reading.thread)
        else byId("messages-note", HTMLElement).textContent = counted(this.#desk.shown.messages)
    }

    /** @param {Reading} reading */
    async #follow(reading) {
        const { opened, means } = reading
        const { shown } = this.#desk
        try {
            await means.client.opened()
            const { draft, recipient } = await this.#notes.open(shown, means)
            opened.recipient ??= recipient
            await this.#reload()
            if (this.#reading !== reading) return
            const [thread, reload] = [() => reading.thread, () => this.#reload()]
            const keepKey = (/** @type {string} */ key) => this.#notes.keepKey(key)
            await this.#writing.open({ shown, means, opened, thread, reload, keepKey }, draft)
            await this.#desk.refresh()
        } catch (fault) {
            if (this.#reading === reading) trouble(fault) // a lock in the meantime is no trouble
        }
    }

    /** Read the thread again. @returns {Promise<Entry[]>} */
    async #reload() {
        const [reading, { shown }] = [this.#reading, this.#desk]
        if (!reading) return []
        const thread = await readThread(shown.id, reading.opened, reading.means)
        if (this.#reading !== reading) return []
        reading.thread = thread
        byId("messages-note", HTMLElement).textContent = thread.length ? "" : "No messages yet."
        byId("messages-lost", HTMLElement).hidden = !this.#memory.lost(shown.id, thread)
        showThread(thread, shown.zone, ({ roles, body }) =>
            this.#files(roles[1], body?.files ?? null),
        )
        this.#root(reading.means.keys)
        this.#agreeing.show(thread)
        return thread
    }

    /** @param {import("./program-keys.js").Keys} keys */
    #root(keys) {
        const root = byId("messages-root", HTMLElement)
        root.hidden = keys.root === null
        fill(root, "root", keys.root)
        fill(root, "pinned", keys.lasting ? "It is pinned on this machine." : FIRST_SEEN)
    }

    /** @param {string} role @param {import("../report-document.js").Attachments | null} named */
    async #files(role, named) {
        if (!this.#reading || !named) return []
        return fetchFiles(role, named, { ...this.#reading.means, told: say })
    }
}

/** @param {number} count */
function counted(count) {
    const many = count === 1 ? "One message" : `${count} messages`
    return count ? `${many}, sealed. Open the report to read them.` : "No messages yet."
}
