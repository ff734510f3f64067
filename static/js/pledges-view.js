/** What a reporter agrees to or asks for: buttons that make a signed message of that kind. */
import { day } from "./dates.js"
import { byId, element, fill } from "./dom.js"
import { visible } from "./markdown.js"
import { KINDS } from "./thread/body.js"
import { agreed, openProposal } from "./thread/agreements.js"

/**
 * @typedef {import("./thread/agreements.js").Word} Word
 * @typedef {Pick<import("./thread/body.js").Body, "kind" | "text" | "data">} Pledge
 */

export class PledgesView {
    #root = byId("pledges", HTMLElement)
    #list = byId("pledges-list", HTMLElement)
    #offer = byId("proposal", HTMLElement)
    #credit = byId("credit", HTMLInputElement)
    /** @type {Word | null} */
    #proposal = null

    /** @param {(pledge: Pledge) => void} send */
    constructor(send) {
        for (const button of this.#buttons) {
            button.addEventListener("click", () => send(this.#pledge(button.dataset.pledge ?? "")))
        }
    }

    /** @param {import("./thread/chain.js").Judged[]} thread */
    show(thread) {
        const words = agreed(thread)
        this.#proposal = openProposal(thread)
        const settled = words.filter(({ sequence }) => sequence !== this.#proposal?.sequence)
        this.#list.replaceChildren(...settled.map(line))
        this.#list.hidden = settled.length === 0
        this.#offer.hidden = this.#proposal === null
        fill(this.#offer, "date", visible(day(this.#proposal?.value ?? "")))
    }

    /** @param {boolean} open */
    unlock(open) {
        this.#root.hidden = false
        for (const control of [this.#credit, ...this.#buttons]) control.disabled = !open
    }

    /** @returns {HTMLButtonElement[]} */
    get #buttons() {
        return [...this.#root.querySelectorAll("button")].filter(
            (button) => button.dataset.pledge !== undefined,
        )
    }

    /** @param {string} name @returns {Pledge} */
    #pledge(name) {
        const kind = /** @type {Pledge["kind"]} */ (name)
        return { kind, text: "", data: this.#data(kind) }
    }

    /** @param {Pledge["kind"]} kind @returns {Pledge["data"]} */
    #data(kind) {
        if (kind === "credit") return { name: this.#credit.value.trim() || null }
        if (!kind.startsWith("publication-") || !this.#proposal) return {}
        return { proposal: this.#proposal.sequence, date: this.#proposal.value }
    }
}

/** @param {Word} word */
function line({ kind, sequence, value }) {
    const shown = value || (kind === "credit" ? "not at all" : "")
    const said = shown ? `${KINDS[kind]}: ${visible(day(shown))}` : KINDS[kind]
    return element("li", {}, said, element("span", { class: "small soft" }, ` No. ${sequence}`))
}
