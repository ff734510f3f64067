/** The dialog in which a report is assigned, marked as read or made quiet. */
import { byId, fill, refusal } from "../dom.js"
import { PorticoError } from "../errors.js"
import { assign, makeQuiet, markSeen } from "./queue-client.js"
import { chosenReason, hideReasons, offerReasons } from "./reasons.js"
import { trouble } from "./trouble.js"

/**
 * @typedef {import("./queue-client.js").Entry} Entry
 * @typedef {import("./queue-client.js").Choices} Choices
 */

/** Changes one report at a time; the portal is told at once, and an error stays in the dialog. */
export class ChangeDialog {
    /**
     * @param {Choices} choices
     * @param {(entry: Entry, said: string) => void} changed  what the page does about it
     * @param {(entry: Entry) => void} settled  where it goes on when the dialog closes
     */
    constructor(choices, changed, settled) {
        this.choices = choices
        this.changed = changed
        /** @type {Entry | null} */
        this.entry = null
        /** @type {Promise<void>} */
        this.underWay = Promise.resolve()
        this.dialog = byId("change", HTMLDialogElement)
        this.to = byId("assign-to", HTMLSelectElement)
        this.seen = byId("toggle-seen", HTMLButtonElement)
        this.quiet = byId("toggle-quiet", HTMLButtonElement)
        this.reason = byId("quiet-reason", HTMLSelectElement)
        this.to.addEventListener("change", () => this.assignTo(this.to.value || null))
        this.seen.addEventListener("click", () => this.toggleSeen())
        this.quiet.addEventListener("click", () => this.toggleQuiet())
        this.dialog.addEventListener("close", async () => {
            await this.underWay // whoever is quick closes it before the portal has answered
            if (this.entry) settled(this.entry)
        })
    }

    /** @param {Entry} entry */
    async open(entry) {
        await this.underWay
        this.entry = entry
        this.say()
        this.show(entry)
        this.dialog.showModal()
    }

    /** @param {Entry} entry */
    show(entry) {
        const role = this.choices.programs.find(({ slug }) => slug === entry.program)?.role
        const reads = role === "reader"
        fill(this.dialog, "change-id", entry.id)
        this.to.replaceChildren(...this.people(entry))
        this.seen.textContent = entry.unread ? "Mark as read" : "Mark as unread"
        this.seen.disabled = entry.quiet // nothing on the quiet list is ever unread
        this.quiet.textContent = entry.quiet ? "Take off the quiet list" : "Put on the quiet list"
        this.to.disabled = this.quiet.disabled = reads
        byId("reader-note", HTMLElement).hidden = !reads
        byId("quiet-help", HTMLElement).hidden = reads
        if (reads) hideReasons(this.reason)
        else offerReasons(this.reason, entry.quiet ? "unquiet" : "quiet").catch(trouble)
    }

    /** @param {Entry} entry @returns {HTMLOptionElement[]} */
    people({ program, assigned }) {
        const able = this.choices.people.filter((one) => one.programs[program])
        const gone = assigned && !able.some(({ id }) => id === assigned.id) ? [assigned] : []
        const options = [...able, ...gone].map(
            ({ id, name }) => new Option(name, id, false, id === assigned?.id),
        )
        return [new Option("Nobody", "", false, !assigned), ...options]
    }

    /** @param {string | null} to */
    assignTo(to) {
        const person = this.choices.people.find(({ id }) => id === to)
        const assigned = person ? { id: person.id, name: person.name } : null
        const said = assigned ? `is assigned to ${assigned.name}` : "is assigned to nobody"
        return this.act((entry) => assign(entry.id, to), { assigned }, said)
    }

    toggleSeen() {
        const unread = !this.entry?.unread
        const said = unread ? "is marked as unread" : "is marked as read"
        const marked = (/** @type {Entry} */ { id, activity }) => markSeen(id, unread ? 0 : activity)
        return this.act(marked, { unread }, said)
    }

    toggleQuiet() {
        const quiet = !this.entry?.quiet
        const given = chosenReason(this.reason)
        if (!given) return
        const said = quiet ? "is on the quiet list" : "is back in the queue"
        const told = (/** @type {Entry} */ { id }) => makeQuiet(id, quiet, given)
        this.act(told, { quiet, unread: false }, said)
    }

    /**
     * Do one thing after the other.
     * @param {(entry: Entry) => Promise<void>} told
     * @param {Partial<Entry>} change
     * @param {string} said
     */
    act(told, change, said) {
        this.underWay = this.underWay.then(() => this.done(told, change, said))
    }

    /**
     * Tell the portal first; the page follows once it is kept.
     * @param {(entry: Entry) => Promise<void>} told
     * @param {Partial<Entry>} change
     * @param {string} said
     */
    async done(told, change, said) {
        const entry = this.entry
        if (!entry) return
        try {
            await told(entry)
            this.entry = { ...entry, ...change }
            this.say(`Report ${entry.id} ${said}.`)
            this.changed(this.entry, `Report ${entry.id} ${said}.`)
        } catch (fault) {
            if (fault instanceof PorticoError && this.dialog.open) this.say("", refusal(fault))
            else trouble(fault)
        }
        if (this.entry) this.show(this.entry)
    }

    /**
     * Say it within the dialog: while it is open, nothing outside is heard.
     * @param {string} [words]
     * @param {...HTMLElement} notices
     */
    say(words = "", ...notices) {
        byId("change-said", HTMLElement).textContent = words
        byId("change-trouble", HTMLElement).replaceChildren(...notices)
    }
}
