/** The tokens of what was sent and not answered: each may be the only way back to a kept report. */
import { byId, element } from "./dom.js"
import { tokenGroups } from "./token-view.js"

/** @typedef {import("./token.js").Token} Token */

export class UnsureView {
    #box = byId("unsure", HTMLElement)
    #list = byId("unsure-tokens", HTMLElement)
    /** @type {Map<string, HTMLElement>} by text */
    #lines = new Map()

    /** @returns {boolean} whether everything sent so far was answered */
    get empty() {
        return this.#lines.size === 0
    }

    /** A report with this token may have been kept. @param {Token} token */
    add(token) {
        if (this.#lines.has(token.text)) return
        const line = element("li", { class: "token" }, ...tokenGroups(token))
        this.#lines.set(token.text, line)
        this.#list.append(line)
        this.#box.hidden = false
    }

    /**
     * This one is known to be kept; the others outlast the form they were typed in.
     * @param {Token} token
     */
    settle(token) {
        this.#lines.get(token.text)?.remove()
        this.#lines.delete(token.text)
        this.#box.hidden = this.empty
        document.querySelector("main")?.append(this.#box)
    }
}
