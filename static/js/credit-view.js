/** How a reporter wants to be named: not at all, unless they say otherwise, and as they last said. */
import { byId } from "./dom.js"
import { MAX_NAME } from "./thread/body-data.js"
import { agreed } from "./thread/agreements.js"

/** @typedef {import("./pledges-view.js").Pledge} Pledge */

const NOT_AT_ALL = "none"

export class CreditView {
    #form = byId("credit-form", HTMLFormElement)
    #choice = byId("credit-choice", HTMLSelectElement)
    #field = byId("credit-field", HTMLElement)
    #name = byId("credit", HTMLInputElement)
    #error = byId("credit-error", HTMLElement)
    #shown = false

    /** @param {string[]} forms  that the policy names @param {(pledge: Pledge) => void} send */
    constructor(forms, send) {
        byId("credit-silent", HTMLElement).hidden = forms.length > 0
        for (const option of [...this.#choice.options]) {
            const offered = forms.length === 0 || forms.includes(option.value)
            if (option.value !== NOT_AT_ALL && !offered) option.remove()
        }
        this.#choice.addEventListener("change", () => this.#ask())
        this.#form.addEventListener("submit", (event) => {
            event.preventDefault()
            const data = this.#wish
            this.#blame(data === null)
            if (data) send({ kind: "credit", text: "", data })
        })
    }

    /** Start from the wish that was signed last. @param {import("./thread/chain.js").Judged[]} thread */
    show(thread) {
        if (this.#shown) return
        this.#shown = true
        const wish = agreed(thread).filter(({ kind }) => kind === "credit").pop()
        const said = thread.find(({ place }) => place.sequence === wish?.sequence)?.body?.data
        if (!said?.name) return
        this.#choice.value = said.form ?? "handle"
        if (this.#choice.selectedIndex < 0) this.#choice.value = NOT_AT_ALL
        this.#name.value = said.name.slice(0, MAX_NAME)
        this.#ask()
    }

    /** @returns {(HTMLButtonElement | HTMLInputElement | HTMLSelectElement)[]} */
    get controls() {
        return [this.#choice, this.#name, ...this.#form.querySelectorAll("button")]
    }

    /** @returns {Pledge["data"] | null} null where a name is missing */
    get #wish() {
        const [form, name] = [this.#choice.value, this.#name.value.trim()]
        if (form === NOT_AT_ALL) return { name: null }
        return name ? { name, form } : null
    }

    #ask() {
        this.#field.hidden = this.#choice.value === NOT_AT_ALL
        this.#blame(false)
    }

    /** @param {boolean} missing */
    #blame(missing) {
        this.#error.hidden = !missing
        if (!missing) return this.#name.removeAttribute("aria-invalid")
        this.#name.setAttribute("aria-invalid", "true")
        this.#name.focus()
    }
}
