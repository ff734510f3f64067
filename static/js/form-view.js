/** The fields of the report page: reading them, locking them, saying what is wrong with them. */
import { byId, element } from "./dom.js"
import { sealedName } from "./form-kinds.js"
import { toUtc } from "./form-validation.js"

/**
 * @typedef {import("./form-validation.js").FieldSpec} FieldSpec
 * @typedef {import("./form-validation.js").Fault} Fault
 * @typedef {HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement} Control
 */

/** Everything between the target and the send button that a policy can ask. */
export class FormView {
    #root

    /** @param {HTMLElement} root  `#report` */
    constructor(root) {
        this.#root = root
        /** @type {{spec: FieldSpec, box: HTMLElement, control: Control}[]} */
        this.fields = [...root.querySelectorAll("[data-field]")].map((box) =>
            fieldOf(/** @type {HTMLElement} */ (box)),
        )
        for (const field of this.fields) {
            watchLength(field)
            watchMoment(field)
        }
    }

    /** @returns {FieldSpec[]} those that are shown and hold text; files are read elsewhere */
    get specs() {
        const shown = this.fields.filter(({ box }) => !box.hidden)
        return shown.map(({ spec }) => spec).filter(({ kind }) => kind !== "files")
    }

    /** @returns {{box: HTMLElement, control: Control, asked: import("./form-kinds.js").Asked}[]} */
    get asked() {
        return this.fields.map(({ spec, box, control }) => ({ box, control, asked: asked(spec, box) }))
    }

    /** @returns {Record<string, string>} what was typed, by field id */
    get values() {
        const written = this.fields.filter(({ spec }) => spec.kind !== "files")
        return Object.fromEntries(written.map(({ spec, control }) => [spec.id, control.value]))
    }

    /** @returns {import("./report-document.js").Words["sections"]} the page's own words */
    get sections() {
        return [...this.#root.querySelectorAll("[data-section]")].map((section) => ({
            title: section.querySelector("[data-section-title]")?.textContent?.trim() ?? "",
            fields: this.fields
                .filter(({ box }) => section.contains(box) && !box.hidden)
                .map(({ spec, control }) => ({
                    ...spec,
                    id: sealedName(spec.id),
                    choices: choicesOf(control),
                })),
        }))
    }

    /** Let people type. */
    unlock() {
        for (const control of controlsIn(this.#root)) control.disabled = false
    }

    /** Keep everything as it is, in sight, until it has been dealt with. */
    lock() {
        for (const control of controlsIn(this.#root)) control.disabled = true
    }

    /**
     * Put each fault beside its field and list all of them where they get the focus.
     * @param {Fault[]} faults
     */
    show(faults) {
        for (const box of this.#root.querySelectorAll("[id$='-error']")) tell(box.id, null)
        for (const { field, message } of faults) tell(`${elementId(field)}-error`, message)
        const summary = byId("faults", HTMLElement)
        summary.hidden = faults.length === 0
        byId("faults-list", HTMLElement).replaceChildren(...faults.map(summaryLine))
        if (faults.length > 0) summary.focus()
    }
}

/**
 * @param {string} field  id of a fault
 * @returns {string} id of the control it is about
 */
function elementId(field) {
    return document.getElementById(`f-${field}`) ? `f-${field}` : field
}

/** @param {Fault} fault */
function summaryLine({ field, message }) {
    const id = elementId(field)
    const link = element("a", { href: `#${id}` }, message)
    link.addEventListener("click", (event) => {
        event.preventDefault()
        const control = document.getElementById(id)
        control?.scrollIntoView({ block: "center" })
        control?.focus({ preventScroll: true })
    })
    return element("li", {}, link)
}

/**
 * Write a message beside its control, or take it away.
 * @param {string} id  of the place for messages
 * @param {string | null} message
 */
export function tell(id, message) {
    const place = document.getElementById(id)
    if (!place) return
    place.textContent = message
    place.hidden = message === null
    const control = document.getElementById(id.replace(/-error$/, ""))
    if (message === null) control?.removeAttribute("aria-invalid")
    else control?.setAttribute("aria-invalid", "true")
}

/** @param {HTMLElement} box */
function fieldOf(box) {
    const { field = "", kind = "text", strength = "optional", limit = "0" } = box.dataset
    const control = /** @type {Control | null} */ (document.getElementById(`f-${field}`))
    if (!control) throw new TypeError(`the page has no control for ${field}`)
    const label = box.querySelector("label")?.firstChild?.textContent?.trim() ?? field
    control.addEventListener("change", () => tell(`f-${field}-error`, null))
    return { spec: { id: field, label, kind, strength, limit: Number(limit) }, box, control }
}

/** @param {FieldSpec} spec @param {HTMLElement} box @returns {import("./form-kinds.js").Asked} */
function asked({ id, strength, kind }, box) {
    const control = /** @type {Control | null} */ (document.getElementById(`f-${id}`))
    const listed = kind === "files" && box.querySelector("[data-files] > *") !== null
    const answered = listed || (kind !== "files" && control?.value.trim() !== "")
    const occasion = box.closest("[data-occasion]")?.getAttribute("data-occasion") ?? ""
    return { id, strength, occasion, answered }
}

/** Say how much room is left, once it matters. @param {FormView["fields"][number]} field */
function watchLength({ spec, box, control }) {
    const count = box.querySelector("[data-count]")
    if (!count || spec.limit === 0) return
    const resting = count.textContent
    control.addEventListener("input", () => {
        const left = spec.limit - control.value.length
        const near = left < spec.limit / 10
        const room = `${Math.abs(left)} characters ${left < 0 ? "too many" : "left"}`
        count.textContent = near ? room : resting
        count.classList.toggle("over", left < 0)
    })
}

/** Show a time as it will be sealed, in UTC. @param {FormView["fields"][number]} field */
function watchMoment({ spec, control }) {
    if (spec.kind !== "datetime") return
    const shown = element("p", { class: "help", role: "status" })
    control.after(shown)
    control.addEventListener("change", () => {
        const utc = toUtc(control.value)
        const known = utc !== control.value.trim()
        const words = utc.replace("T", ", ").replace("Z", " UTC")
        shown.textContent = known ? `Sealed as ${words}, which does not tell where you are.` : ""
    })
}

/** @param {Control} control @returns {Record<string, string>} */
function choicesOf(control) {
    if (!(control instanceof HTMLSelectElement)) return {}
    const offered = [...control.options].filter(({ value }) => value !== "")
    return Object.fromEntries(offered.map(({ value, text }) => [value, text]))
}

/** @param {HTMLElement} root @returns {(Control | HTMLButtonElement)[]} */
function controlsIn(root) {
    return [...root.querySelectorAll("input, textarea, select, button")].map(
        (control) => /** @type {Control | HTMLButtonElement} */ (control),
    )
}
