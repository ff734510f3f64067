/** What is being sent: its kind, and the two ticks that the server sees. Shows what that asks for. */
import { byId } from "./dom.js"
import { firstKind, flagsOf, isFolded, isShown } from "./form-kinds.js"

/**
 * @typedef {import("./form-kinds.js").Kind} Kind
 * @typedef {import("./form-kinds.js").Choice} Choice
 * @typedef {import("./form-view.js").FormView} FormView
 */

export class KindView {
    #form
    #buttons
    #exposed = byId("exposed", HTMLInputElement)
    #exploited = byId("exploited", HTMLInputElement)
    #fold = byId("fold", HTMLElement)
    #unfold = byId("unfold", HTMLButtonElement)
    /** @type {Kind} */
    #kind
    #unfolded = false

    /**
     * @param {HTMLElement} root  `#report`
     * @param {FormView} form
     * @param {() => void} changed
     */
    constructor(root, form, changed) {
        this.#form = form
        this.#buttons = [...root.querySelectorAll("button[data-kind-of]")]
        this.#kind = firstKind(location.hash, this.#buttons.map(kindOf))
        for (const button of this.#buttons) {
            button.addEventListener("click", () => {
                this.#kind = kindOf(button)
                this.show()
                changed()
            })
        }
        for (const tick of [this.#exposed, this.#exploited]) {
            tick.addEventListener("change", () => {
                this.show()
                this.#say()
            })
        }
        this.#unfold.addEventListener("click", () => this.#open())
        document.getElementById("f-report_kind")?.addEventListener("change", () => this.show())
        addEventListener("hashchange", () => this.#follow(changed))
        this.show()
    }

    /** @returns {Kind} */
    get kind() {
        return this.#kind
    }

    /** @returns {import("./form-kinds.js").Flags} */
    get flags() {
        const ticked = { exposed: this.#exposed.checked, exploited: this.#exploited.checked }
        return flagsOf(ticked, this.#kind)
    }

    /** Show what this kind asks for, and hide the rest, with what stands in it. */
    show() {
        for (const button of this.#buttons) {
            button.setAttribute("aria-pressed", String(kindOf(button) === this.#kind))
        }
        for (const part of document.querySelectorAll("[data-for]")) {
            const kinds = (part.getAttribute("data-for") ?? "").split(" ")
            if (part instanceof HTMLElement) part.hidden = !kinds.includes(this.#kind)
        }
        for (const [flag, asked] of Object.entries(this.#asks)) {
            byId(`${flag}-asked`, HTMLElement).hidden = !asked
        }
        this.#showFields()
    }

    /** @returns {import("./form-kinds.js").Flags} about what more is asked, ticked or not */
    get #asks() {
        const { exposed, exploited } = this.flags
        const told = this.#kind === "report" && this.#form.values.report_kind === "exposed_data"
        return { exposed: exposed || told, exploited }
    }

    #showFields() {
        const [flags, asks] = [this.flags, this.#asks]
        const choice = { kind: this.#kind, flags, asks, unfolded: this.#unfolded }
        let folded = 0
        for (const { box, asked } of this.#form.asked) {
            box.hidden = !isShown(asked, choice)
            if (box.hidden && asked.occasion === "" && isFolded(asked, choice)) folded += 1
        }
        this.#fold.hidden = folded === 0
        const word = folded === 1 ? "question" : "questions"
        this.#unfold.textContent = `Show ${folded} more ${word}`
        this.#hideEmpty()
    }

    /** A part of which every question is folded away takes no room either. */
    #hideEmpty() {
        for (const part of document.querySelectorAll("[data-folds]")) {
            if (!(part instanceof HTMLElement) || this.#kind !== "report") continue
            const boxes = [...part.querySelectorAll("[data-field]")]
            const empty = (/** @type {Element} */ box) => box instanceof HTMLElement && box.hidden
            part.hidden = boxes.length > 0 && boxes.every(empty)
        }
    }

    /** A verdict's “ask first” leads here. @param {() => void} changed */
    #follow(changed) {
        const wanted = firstKind(location.hash, this.#buttons.map(kindOf))
        if (`#${wanted}` !== location.hash) return // some other place of the page
        this.#kind = wanted
        this.show()
        changed()
        byId("kinds-title", HTMLElement).scrollIntoView()
    }

    #say() {
        const { exposed, exploited } = this.flags
        const more = exposed || exploited ? "Staff see it first. Questions about it follow." : ""
        byId("urgent-said", HTMLElement).textContent = more
    }

    #open() {
        this.#unfolded = true
        const first = this.#form.asked.find(({ box, asked }) => box.hidden && asked.occasion === "")
        this.show()
        first?.control.focus()
    }
}

/** @param {Element} button @returns {Kind} */
function kindOf(button) {
    return /** @type {Kind} */ (button.getAttribute("data-kind-of"))
}
