/** What a reporter agrees to or asks for: each is a signed message, and nothing else is their word. */
import { AttestView } from "./attest-view.js"
import { CreditView } from "./credit-view.js"
import { byId, element } from "./dom.js"
import { PublicationView } from "./publication-view.js"
import { told } from "./thread/agreement-words.js"

/** @typedef {Pick<import("./thread/body.js").Body, "kind" | "text" | "data">} Pledge */

export class PledgesView {
    #root = byId("pledges", HTMLElement)
    #list = byId("pledges-list", HTMLElement)
    #publication
    #credit
    #attest

    /** @param {import("./standing.js").Status} status @param {(pledge: Pledge) => void} send */
    constructor(status, send) {
        this.#publication = new PublicationView(status, send)
        this.#credit = new CreditView(status.recognition?.forms ?? [], send)
        this.#attest = new AttestView(status.data, send)
        for (const button of this.#buttons) {
            const kind = /** @type {Pledge["kind"]} */ (button.dataset.pledge)
            button.addEventListener("click", () => send({ kind, text: "", data: {} }))
        }
    }

    /** @param {import("./thread/chain.js").Judged[]} thread */
    show(thread) {
        const sentences = told(thread, "reporter")
        this.#list.replaceChildren(...sentences.map((words) => element("li", {}, words)))
        this.#list.hidden = sentences.length === 0
        this.#publication.show(thread)
        this.#credit.show(thread)
    }

    /** @param {boolean} open */
    unlock(open) {
        this.#root.hidden = false
        const parts = [this.#publication, this.#credit, this.#attest]
        for (const control of parts.flatMap(({ controls }) => controls)) control.disabled = !open
        for (const button of this.#buttons) button.disabled = !open
    }

    /** It is sent: room for the next of its kind. @param {Pledge["kind"]} kind */
    clear(kind) {
        if (kind === "publication-proposed") this.#publication.clear()
        if (kind === "attestation") this.#attest.clear()
    }

    /** @returns {HTMLButtonElement[]} */
    get #buttons() {
        return [...this.#root.querySelectorAll("button")].filter(
            (button) => button.dataset.pledge !== undefined,
        )
    }
}
