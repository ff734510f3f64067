/** The form in which staff record what was done: what the state allows, with what it needs. */
import { byId, element } from "../dom.js"

/**
 * @typedef {import("./case-client.js").Action} Action
 * @typedef {import("./case-client.js").Case} Case
 */

/** @type {Record<string, {label: string, type: string}>} what the events of this form can carry */
const FIELDS = {
    expected: { label: "Expected by", type: "date" },
    of: { label: "The report that came first", type: "text" },
}
// What is said in a signed message first is recorded beside that message, not from a list.
const WITH_A_MESSAGE = new Set([
    "publication_proposed",
    "publication_agreed",
    "publication_declined",
    "verified",
])
const TWO = "Takes two people: a colleague has to grant it before it is recorded."
const ONE = "The reporter sees it in their timeline, without your name."

/** Offers events, and hands on what was chosen. */
export class Acts {
    #form = byId("event-form", HTMLFormElement)
    #choice = byId("event-name", HTMLSelectElement)
    #fields = byId("event-fields", HTMLElement)
    #button = byId("event-send", HTMLButtonElement)
    /** @type {Action[]} */
    #actions = []

    /** @param {(action: Action, data: Record<string, unknown>) => Promise<void>} record */
    constructor(record) {
        this.#choice.addEventListener("change", () => this.#ask())
        this.#form.addEventListener("submit", async (event) => {
            event.preventDefault()
            const action = this.#chosen
            if (!action) return
            this.#button.disabled = true
            await record(action, this.#data)
            this.#button.disabled = false
        })
    }

    /** @param {Case} shown */
    show({ actions, role }) {
        const before = this.#choice.value
        this.#actions = actions.filter(({ name }) => !WITH_A_MESSAGE.has(name) && name !== "opened")
        const options = this.#actions.map(({ name, label }) => new Option(label, name))
        this.#choice.replaceChildren(new Option("Choose what was done", ""), ...options)
        this.#choice.value = this.#actions.some(({ name }) => name === before) ? before : ""
        const able = role !== "reader"
        this.#form.hidden = !able || options.length === 0
        const none = byId("acts-none", HTMLElement)
        none.hidden = !this.#form.hidden
        none.textContent = able
            ? "Nothing more can be recorded."
            : "You can read in this program. To record events takes the role of handler."
        this.#ask()
    }

    get #chosen() {
        return this.#actions.find(({ name }) => name === this.#choice.value)
    }

    /** @returns {Record<string, unknown>} what was filled in */
    get #data() {
        const inputs = [...this.#fields.querySelectorAll("input")]
        const filled = inputs.filter(({ value }) => value.trim() !== "")
        return Object.fromEntries(filled.map(({ name, value }) => [name, value.trim()]))
    }

    /** Ask for what the chosen event has to carry, and for the date that news of work may name. */
    #ask() {
        const action = this.#chosen
        const needs = action?.needs ?? []
        const optional = action?.name === "updated" ? ["expected"] : []
        this.#fields.replaceChildren(
            ...needs.map((name) => field(name, true)),
            ...optional.map((name) => field(name, false)),
        )
        byId("event-help", HTMLElement).textContent = action ? (action.two_people ? TWO : ONE) : ""
        this.#button.textContent = action?.two_people ? "Ask for it" : "Record"
        this.#button.disabled = !action
    }
}

/** @param {string} name @param {boolean} required */
function field(name, required) {
    // A portal that is newer than this desk may ask for more than this desk knows.
    const { label, type } = FIELDS[name] ?? { label: name, type: "text" }
    const id = `event-${name}`
    const input = element("input", { type, id, name, autocomplete: "off" })
    input.required = required
    if (name === "of") input.pattern = "\\s*[0-9a-z]{5}-[0-9a-z]{5}\\s*"
    const mark = required ? [] : [" ", element("span", { class: "strength optional" }, "optional")]
    return element("div", { class: "field" }, element("label", { for: id }, label, ...mark), input)
}
