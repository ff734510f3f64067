/** The statement that held data is gone: never ticked in advance, dated and signed once it is. */
import { byId, fill } from "./dom.js"

/**
 * @typedef {import("./pledges-view.js").Pledge} Pledge
 * @typedef {import("./standing.js").Status} Status
 */

export class AttestView {
    #root = byId("attest", HTMLElement)
    #true = byId("attest-true", HTMLInputElement)
    #error = byId("attest-error", HTMLElement)
    #button = byId("attest-send", HTMLButtonElement)

    /** @param {Status["data"]} data @param {(pledge: Pledge) => void} send */
    constructor({ statement, clause }, send) {
        this.#root.hidden = !statement || !clause
        fill(this.#root, "attested", statement)
        this.#true.checked = false // a browser may bring back what was ticked before
        this.#button.addEventListener("click", () => {
            this.#error.hidden = this.#true.checked
            if (!this.#true.checked) return this.#true.focus()
            send({ kind: "attestation", text: "", data: { clause, text: statement } })
        })
    }

    /** It is signed: once more takes another tick. */
    clear() {
        this.#true.checked = false
    }

    get controls() {
        return [this.#true, this.#button]
    }
}
