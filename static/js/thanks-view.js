/** One's own name on the page of thanks: whether it stands there, and the way to take it off. */
import { byId, refusal } from "./dom.js"
import { explained } from "./errors.js"
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
            this.#root.append(refusal(explained(error, "Try again.")))
            this.#button.disabled = false
        }
    }
}
