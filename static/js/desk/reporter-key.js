/** The key that a reporter can read answers with: named in the sealed report, or pasted from it. */
import { byId } from "../dom.js"
import { kindOf } from "../recipients.js"

const WORDS = {
    none: "This is not a public age key. It begins with age1, and is one long word.",
    other: "This key is of another kind than your program’s keys, and a message cannot mix them.",
}

/** Asks for the key where the report names none. */
export class ReporterKey {
    #field = byId("own-key-field", HTMLElement)
    #input = byId("own-key", HTMLInputElement)
    #error = byId("own-key-error", HTMLElement)
    /** @type {string | null} */
    #named = null
    /** @type {import("../recipients.js").Kind} */
    #kind = "hybrid"

    /** @param {() => void} changed */
    constructor(changed) {
        this.#input.addEventListener("change", () => {
            const fault = this.#fault
            this.#error.textContent = fault
            this.#error.hidden = fault === ""
            this.#input.toggleAttribute("aria-invalid", fault !== "")
            changed()
        })
    }

    /**
     * @param {string | null} named  by the report
     * @param {import("../recipients.js").Kind} kind  of the keyset
     */
    start(named, kind) {
        this.#kind = kind
        this.#named = kindOf(named) === kind ? named : null
        this.#field.hidden = this.#named !== null
    }

    /** Forget what was pasted. */
    clear() {
        this.#named = null
        this.#input.value = ""
        this.#field.hidden = this.#error.hidden = true
    }

    /** @returns {string | null} null while there is none that can be sealed to */
    get recipient() {
        if (this.#named) return this.#named
        return this.#typed && this.#fault === "" ? this.#typed : null
    }

    get #typed() {
        return this.#input.value.trim()
    }

    /** @returns {string} why what was typed cannot be used; empty when it can, or nothing was */
    get #fault() {
        if (!this.#typed) return ""
        const kind = kindOf(this.#typed)
        if (kind === null) return WORDS.none
        return kind === this.#kind ? "" : WORDS.other
    }
}
