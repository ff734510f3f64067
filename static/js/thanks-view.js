/** One's own name on the page of thanks: whether it stands there, and the way to take it off. */
import { byId, refusal } from "./dom.js"
import { PorticoError } from "./errors.js"
import { takeNameOff } from "./status-client.js"

export class ThanksView {
    #root = byId("thanked", HTMLElement)
    #button = byId("thanked-off", HTMLButtonElement)
    #ask

    /** @param {import("./thread/correspondence.js").Followed} followed */
    constructor({ status, token, address }) {
        this.#ask = () => takeNameOff(address, token.lookup)
        this.#root.hidden = !status.recognition?.named
        this.#button.addEventListener("click", () => void this.takeOff())
    }

    /** Take the name off, if there is one: it needs nobody else. */
    async takeOff() {
        if (this.#root.hidden) return
        this.#button.disabled = true
        try {
            await this.#ask()
            this.#root.hidden = true
            byId("answer-said", HTMLElement).textContent = "Your name is off the page of thanks."
        } catch (error) {
            const { message, hint } = error instanceof PorticoError ? error : unforeseen(error)
            this.#root.append(refusal({ message, hint }))
            this.#button.disabled = false
        }
    }
}

/** @param {unknown} error */
function unforeseen(error) {
    return { message: error instanceof Error ? error.message : String(error), hint: "Try again." }
}
