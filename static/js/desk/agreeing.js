/**
 * Agreeing with the reporter, at the desk: a signed message first, then the event that says so.
 *
 * If the event fails, the message stands: what it says is offered to be recorded until it is.
 */
import { day } from "../dates.js"
import { byId } from "../dom.js"
import { accord } from "../thread/agreements.js"
import { matters } from "../thread/agreement-words.js"
import { showAgreements } from "./agreements-view.js"
import { owedFor, owedPublication } from "./owed-events.js"
import { DecisionForm } from "./decision-form.js"

/**
 * @typedef {import("./letter-sending.js").Said} Said
 * @typedef {import("./thread-reading.js").Entry} Entry
 *
 * @typedef {object} Ways
 * @property {import("./case-desk.js").CaseDesk} desk
 * @property {import("./case-client.js").CaseClient} client
 * @property {import("./writing.js").Writing} writing
 * @property {() => void} erased  what follows when the report was deleted
 */

const GONE = "We no longer need the data that you hold. Please delete all of it for good."

export class Agreeing {
    #ways
    /** @type {Entry[]} */
    #thread = []
    #date = byId("publish-date", HTMLInputElement)
    #decision
    #asking = byId("ask-data", HTMLButtonElement)

    /** @param {Ways} ways */
    constructor(ways) {
        this.#ways = ways
        this.#decision = new DecisionForm((said) => void this.#say(said))
        byId("publish-form", HTMLFormElement).addEventListener("submit", (event) => {
            event.preventDefault()
            void this.#propose(this.#date.value)
        })
        this.#asking.addEventListener("click", () => void this.#askForDeletion())
    }

    /** @param {Entry[]} thread  as it was read last */
    show(thread) {
        const { desk, writing } = this.#ways
        const { shown } = desk
        this.#thread = thread
        showAgreements(thread, shown, {
            record: (owed) => void this.#record(owed),
            erase: () => void this.#erase(),
            say: writing.able ? (said) => void this.#say(said) : null,
            thank: (name) => void this.#thank(name),
        })
        this.#decision.show(shown, writing.able)
        const over = ["published", "leaked"].includes(shown.publication.state)
        byId("publish", HTMLElement).hidden = !writing.able || over
        byId("ask-data-offer", HTMLElement).hidden =
            !writing.able || !shown.actions.some(({ name }) => name === "data_deletion_asked")
    }

    /** @param {string} date  ISO 8601 */
    async #propose(date) {
        const { state, proposal } = accord(this.#thread)
        const counters = state === "proposed" && proposal?.author === "reporter"
        const data = counters ? { date, proposal: proposal.sequence } : { date }
        const text = `We propose to publish on ${day(date)}.`
        await this.#say({ kind: "publication-proposed", text, data })
    }

    /** @param {Said} said  what is signed, sent, and then recorded */
    async #say(said) {
        const { writing, desk } = this.#ways
        if (!(await writing.say(said))) return this.show(this.#thread)
        await this.#record(this.#owed(said.kind))
        if (this.#owed(said.kind).length === 0) return
        await desk.refresh().catch(() => undefined) // the list offers to record what is missing
    }

    /** @param {Said["kind"]} kind */
    #owed(kind) {
        const { shown } = this.#ways.desk
        if (kind.startsWith("publication-")) return owedPublication(this.#thread, shown)
        const word = matters(this.#thread).find((one) => one.kind === kind)
        const owed = word ? owedFor(this.#thread, word, shown) : null
        return owed ? [owed] : []
    }

    /** @param {{name: string, data: Record<string, unknown>}[]} owed  one after the other */
    async #record(owed) {
        for (const { name, data } of owed) {
            if (!(await this.#ways.desk.record(name, data))) return
            // What waits for a colleague holds up what comes after it.
            if (!this.#ways.desk.shown.events.some((event) => event.name === name)) return
        }
    }

    async #askForDeletion() {
        const { desk, writing } = this.#ways
        const { statement } = desk.shown.data
        const confirm = statement ? ` Then sign on the status page: “${statement}”` : ""
        this.#asking.disabled = true
        const said = { kind: /** @type {const} */ ("message"), text: `${GONE}${confirm}`, data: {} }
        const asked = this.#asking.dataset.sent === "yes" || (await writing.say(said))
        // Once it is sent, the same button goes on trying to record it.
        if (asked) this.#asking.dataset.sent = "yes"
        if (asked && (await desk.record("data_deletion_asked", {}))) delete this.#asking.dataset.sent
        this.#asking.textContent =
            this.#asking.dataset.sent === "yes" ? "Record that they were asked" : "Ask and record it"
        this.#asking.disabled = false
    }

    /** @param {string | null} name */
    async #thank(name) {
        const { client, desk } = this.#ways
        const said = name ? "The name stands on the page of thanks." : "The name is off the page."
        await desk.act(() => (name ? client.thank(name) : client.unthank()), said)
    }

    async #erase() {
        if (await this.#ways.desk.erase()) this.#ways.erased()
    }
}
