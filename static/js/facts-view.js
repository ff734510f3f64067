/**
 * The fields in which someone says what they know of a target, shown when a ruling hangs on it.
 *
 * Nothing is looked up: neither here, where a page cannot, nor on the server, which would then
 * tell a name server what somebody is about to test.
 */

/** @typedef {import("./scope-client.js").Facts} Facts */

export class FactsView {
    #fields

    /**
     * @param {HTMLElement} root  holds a `[data-facts]` for each kind
     * @param {() => void} onChange
     */
    constructor(root, onChange) {
        /** @type {HTMLElement[]} */
        this.#fields = [...root.querySelectorAll("[data-facts]")].filter(
            (found) => found instanceof HTMLElement,
        )
        for (const field of this.#fields) input(field).addEventListener("change", onChange)
    }

    /** @returns {Facts} what was typed, by kind; an empty field says nothing */
    get facts() {
        const pairs = this.#fields.map((field) => [field.dataset.facts, words(input(field).value)])
        return Object.fromEntries(pairs.filter(([, said]) => said?.length))
    }

    /**
     * Ask for what would settle the ruling, and keep asking where something was said.
     * @param {unknown} missing  kinds
     */
    ask(missing) {
        const kinds = Array.isArray(missing) ? missing : []
        for (const field of this.#fields) {
            const wanted = kinds.includes(field.dataset.facts)
            field.hidden = !wanted && words(input(field).value).length === 0
        }
    }

    /** Another target: what was said is about the one before. */
    forget() {
        for (const field of this.#fields) {
            field.hidden = true
            input(field).value = ""
        }
    }
}

/** @param {HTMLElement} field @returns {HTMLInputElement} */
function input(field) {
    const found = field.querySelector("input")
    if (found) return found
    throw new TypeError(`there is no input for ${field.dataset.facts}`)
}

/** @param {string} text @returns {string[]} */
function words(text) {
    return text.split(/[\s,;]+/).filter((word) => word !== "")
}
