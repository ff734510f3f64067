/** The rest of a report, on the status page: what the policy asks, to be answered bit by bit. */
import { completion } from "./completion.js"
import { byId, element } from "./dom.js"
import { fieldElement } from "./field-element.js"
import { answersFrom, faultsIn } from "./form-validation.js"
import { FormView, tell } from "./form-view.js"

/**
 * @typedef {import("./standing.js").Status} Status
 * @typedef {import("./completion.js").FormData} FormData
 */

/**
 * @param {Status} status
 * @returns {boolean} whether its form could be left half empty
 */
export function canGoOn({ kind, exposed, exploited }) {
    return kind === "quick" || exposed || exploited
}

export class CompletionView {
    #root = byId("rest", HTMLElement)
    #place = byId("rest-form", HTMLElement)
    #button = byId("rest-send", HTMLButtonElement)
    /** @type {FormData | null} */
    #asked = null
    /** @type {FormView | null} */
    #form = null

    /** @param {(said: ReturnType<typeof completion>) => void} send */
    constructor(send) {
        this.#button.addEventListener("click", () => {
            const said = this.#said()
            if (!said) return
            this.#note("Sealing and sending. Keep this page open.")
            this.#button.disabled = true
            send(said)
        })
    }

    /** @returns {boolean} whether something was answered that nobody has */
    get unsent() {
        return this.#form !== null && this.#answered
    }

    /** Ask what the report's own version of the policy asks. @param {Status} status */
    async open({ program, policy_version: version }) {
        const slug = encodeURIComponent(program)
        this.#asked = await asked(`/${slug}/report/form.json?version=${version}`)
        if (!this.#asked) return // messages can say the same
        this.#place.replaceChildren(...parts(this.#asked))
        this.#form = new FormView(this.#place)
        this.#root.hidden = false
        this.#button.disabled = false
    }

    /** The answers are kept: room for more. */
    clear() {
        for (const { control } of this.#form?.fields ?? []) control.value = ""
        for (const tick of this.#ticks) tick.checked = false
        this.#button.disabled = false
        this.#note("Sent. Your answers stand among the messages above.")
    }

    /** @param {string} message */
    fail(message) {
        this.#button.disabled = false
        this.#note("")
        tell("rest-error", message)
    }

    /** @returns {ReturnType<typeof completion> | null} null where something has to be put right */
    #said() {
        if (!this.#asked || !this.#form) return null
        const { specs, values } = this.#form
        const faults = faultsIn(specs, values)
        for (const { id } of specs) tell(`f-${id}-error`, null)
        for (const { field, message } of faults) tell(`f-${field}-error`, message)
        tell("rest-error", this.#answered ? null : "There is nothing to send yet.")
        if (faults.length > 0) document.getElementById(`f-${faults[0].field}`)?.focus()
        if (faults.length > 0 || !this.#answered) return null
        const conduct = { attested: this.#ids("attested"), used: this.#ids("used") }
        return completion(this.#asked, { fields: answersFrom(specs, values), conduct })
    }

    get #answered() {
        const typed = Object.values(this.#form?.values ?? {}).some((value) => value.trim() !== "")
        return typed || this.#ticks.some(({ checked }) => checked)
    }

    /** @returns {HTMLInputElement[]} */
    get #ticks() {
        return [...this.#place.querySelectorAll("input")].filter(({ type }) => type === "checkbox")
    }

    /** @param {string} list */
    #ids(list) {
        const mine = this.#ticks.filter(({ checked, dataset }) => checked && dataset.list === list)
        return mine.map(({ dataset }) => dataset.id ?? "")
    }

    /** @param {string} text */
    #note(text) {
        byId("rest-note", HTMLElement).textContent = text
    }
}

/** @param {string} address @returns {Promise<FormData | null>} null when the portal cannot say */
async function asked(address) {
    try {
        const answer = await fetch(address, { headers: { Accept: "application/json" } })
        const found = answer.ok ? await answer.json() : null
        const lists = [found?.sections, found?.statements, found?.methods]
        return lists.every(Array.isArray) ? found : null
    } catch {
        return null
    }
}

/** @param {FormData} asked @returns {HTMLElement[]} */
function parts({ sections, statements, methods }) {
    /** @type {HTMLElement[]} */
    const made = sections.map(({ title, fields }) =>
        element("details", {}, element("summary", {}, title), ...fields.map(fieldElement)),
    )
    const alone = statements.filter((one) => one.alone)
    const together = statements.filter((one) => !one.alone)
    made.push(...alone.map((one) => group("This one stands alone", [one], "attested")))
    if (together.length > 0) made.push(group("Confirm what is true", together, "attested"))
    if (methods.length > 0) {
        made.push(group("The policy rules these out. Tick any that you did", methods, "used"))
    }
    return made
}

/**
 * @param {string} title
 * @param {{id: string, text: string, statement?: string}[]} clauses
 * @param {string} list  `attested` or `used`
 */
function group(title, clauses, list) {
    const lines = clauses.map(({ id, text, statement }) => {
        const name = `${list}-${id}`
        const data = { "data-list": list, "data-id": id }
        const tick = element("input", { type: "checkbox", id: name, autocomplete: "off", ...data })
        const label = element("label", { for: name }, statement ?? text)
        const row = element("div", { class: "tick" }, tick, label)
        return element("div", { class: "clause" }, row)
    })
    return element("fieldset", { class: "clauses" }, element("legend", {}, title), ...lines)
}
