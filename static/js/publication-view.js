/** Publication on the status page: what both sides signed about it, and what can be answered. */
import { day } from "./dates.js"
import { byId, fill } from "./dom.js"
import { visible } from "./markdown.js"
import { accord } from "./thread/agreements.js"

/**
 * @typedef {import("./thread/agreements.js").Accord} Accord
 * @typedef {import("./pledges-view.js").Pledge} Pledge
 * @typedef {import("./standing.js").Status} Status
 */

const OVER = new Set(["published", "leaked"]) // nothing is left to agree on

export class PublicationView {
    #root = byId("publish", HTMLElement)
    #offer = byId("proposal", HTMLElement)
    #form = byId("propose", HTMLFormElement)
    #date = byId("propose-date", HTMLInputElement)
    #status
    /** @type {Accord} */
    #accord = { state: "none", proposal: null, answer: null }

    /** @param {Status} status @param {(pledge: Pledge) => void} send */
    constructor(status, send) {
        this.#status = status
        this.#root.hidden = OVER.has(status.publication.state)
        this.#date.min = new Date().toISOString().slice(0, 10)
        for (const button of this.#answers) {
            button.addEventListener("click", () => {
                const { proposal } = this.#accord
                const kind = /** @type {Pledge["kind"]} */ (button.dataset.answer)
                if (proposal) send({ kind, text: "", data: answerTo(proposal) })
            })
        }
        this.#form.addEventListener("submit", (event) => {
            event.preventDefault()
            send({ kind: "publication-proposed", text: "", data: this.#proposal })
        })
    }

    /** @param {import("./thread/chain.js").Judged[]} thread */
    show(thread) {
        this.#accord = accord(thread)
        const { state, proposal } = this.#accord
        const open = state === "proposed" && proposal?.author === "staff"
        this.#offer.hidden = !open
        fill(this.#offer, "date", open ? visible(day(proposal.value)) : "")
        fill(this.#root, "summary", open ? "Propose another day" : "Propose a day")
        const claimed = this.#status.publication.state === "agreed"
        byId("accord-doubt", HTMLElement).hidden = !claimed || state === "agreed"
    }

    /** What was proposed is sent: room for the next. */
    clear() {
        this.#form.reset()
        const details = this.#form.closest("details")
        if (details) details.open = false
    }

    /** @returns {(HTMLButtonElement | HTMLInputElement)[]} */
    get controls() {
        const propose = [...this.#form.querySelectorAll("button")]
        return [...this.#answers, ...propose, this.#date]
    }

    /** @returns {HTMLButtonElement[]} */
    get #answers() {
        return [...this.#offer.querySelectorAll("button")]
    }

    /** @returns {Pledge["data"]} a counter names what it counters */
    get #proposal() {
        const { state, proposal } = this.#accord
        const date = this.#date.value
        return state === "proposed" && proposal ? { date, proposal: proposal.sequence } : { date }
    }
}

/** @param {import("./thread/agreements.js").Word} proposal */
function answerTo({ sequence, value }) {
    return { proposal: sequence, date: value }
}
