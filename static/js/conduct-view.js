/** What a reporter confirms, and which forbidden methods they own up to. */
import { tell } from "./form-view.js"

/**
 * @typedef {object} Row  one clause
 * @property {string} id
 * @property {string} text
 * @property {HTMLInputElement | null} confirm
 * @property {HTMLInputElement | null} did
 */

/** Reads the ticks of the conduct section; none is set in advance. */
export class ConductView {
    /** @type {Row[]} */
    #rows
    /** @type {HTMLInputElement | null} */
    #unconfirmed = document.querySelector("input#unconfirmed")
    #shown = false
    #outside = document.querySelector("#outside > .notice")
    #broken = document.querySelector("#outside [data-when=used]")
    #waived = document.querySelector("#outside [data-when=unconfirmed]")

    /** @param {HTMLElement} root  `#report` */
    constructor(root) {
        this.#rows = [...root.querySelectorAll("[data-row]")].map((row) => ({
            id: row.getAttribute("data-row") ?? "",
            text: row.getAttribute("data-text") ?? "",
            confirm: boxIn(row, "[data-clause]"),
            did: boxIn(row, "[data-method]"),
        }))
        for (const row of this.#rows) {
            row.did?.addEventListener("change", () => this.#own(row))
            row.confirm?.addEventListener("change", () => this.#confirm(row))
        }
        this.#unconfirmed?.addEventListener("change", () => this.#say())
        // What was marked as missing is unmarked as soon as it is there.
        root.addEventListener("change", () => this.#shown && this.show())
    }

    /** @returns {{attested: string[], used: string[]}} ids of clauses */
    get answer() {
        return {
            attested: this.#rows.filter(({ confirm }) => confirm?.checked).map(({ id }) => id),
            used: this.#rows.filter(({ did }) => did?.checked).map(({ id }) => id),
        }
    }

    /** @returns {Record<string, string>} text by clause id */
    get clauses() {
        return Object.fromEntries(this.#rows.map(({ id, text }) => [id, text]))
    }

    /** @returns {import("./form-validation.js").Fault[]} one for all lines that stay unconfirmed */
    get faults() {
        const [first, ...more] = this.#open
        if (!first) return []
        const lines = more.length > 0 ? `${more.length + 1} lines are` : "One line is"
        const message = `${lines} not confirmed yet. Confirm what is true, or say that you cannot.`
        return [{ field: `c-${first.id}`, message }]
    }

    /** @returns {Row[]} neither confirmed, nor owned up to, nor waived */
    get #open() {
        if (this.#unconfirmed?.checked) return []
        return this.#rows.filter(({ confirm, did }) => confirm && !confirm.checked && !did?.checked)
    }

    /** Mark every line that is still open, and say how many there are. */
    show() {
        const open = new Set(this.#open)
        for (const row of this.#rows) {
            if (open.has(row)) row.confirm?.setAttribute("aria-invalid", "true")
            else row.confirm?.removeAttribute("aria-invalid")
        }
        tell("clauses-error", this.faults[0]?.message ?? null)
        this.#shown = open.size > 0
    }

    /** One cannot have kept to a rule and have broken it. @param {Row} row */
    #own(row) {
        if (row.did?.checked && row.confirm) row.confirm.checked = false
        this.#say()
    }

    /** Say what it may cost: never that the report is unwelcome. */
    #say() {
        const used = this.#rows.some(({ did }) => did?.checked)
        const waived = this.#unconfirmed?.checked ?? false
        show(this.#broken, used)
        show(this.#waived, waived)
        show(this.#outside, used || (waived && this.#waived !== null))
    }

    /** @param {Row} row */
    #confirm(row) {
        if (row.confirm?.checked && row.did) row.did.checked = false
        this.#own(row)
    }
}

/** @param {Element} row @param {string} part @returns {HTMLInputElement | null} */
function boxIn(row, part) {
    return row.querySelector(`${part} input[type="checkbox"]`)
}

/** @param {Element | null} place @param {boolean} visible */
function show(place, visible) {
    if (place instanceof HTMLElement) place.hidden = !visible
}
