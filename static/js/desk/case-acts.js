/** The form in which staff record what was done: what the state allows, with what it needs. */
import { byId, element } from "../dom.js"
import { eventData, eventFields } from "./event-fields.js"
import { chosenReason, fillReasons } from "./reasons.js"

/**
 * @typedef {import("./case-client.js").Action} Action
 * @typedef {import("./case-client.js").Case} Case
 */

// What is said in a signed message first is recorded beside that message, not from a list.
const WITH_A_MESSAGE = new Set([
    "publication_proposed",
    "publication_countered",
    "publication_agreed",
    "publication_accepted",
    "publication_declined",
    "publication_refused",
    "verified",
])
const TWO = "Takes two people: a colleague has to grant it before it is recorded."
const ONE = "The reporter sees it in their timeline, without your name."
const PRIVATE = "It stays with the staff; the reporter does not see it."

/** Offers events, and hands on what was chosen. */
export class Acts {
    #form = byId("event-form", HTMLFormElement)
    #choice = byId("event-name", HTMLSelectElement)
    #fields = byId("event-fields", HTMLElement)
    #reason = byId("event-reason", HTMLSelectElement)
    #button = byId("event-send", HTMLButtonElement)
    /** @type {Action[]} */
    #actions = []
    #asked = "" // what the fields are for: asked again, they keep what was filled in

    /**
     * @param {(action: Action, data: Record<string, unknown>,
     *     given: import("./reasons.js").Given) => Promise<boolean>} record  tells if it was done
     */
    constructor(record) {
        this.#choice.addEventListener("change", () => this.#ask())
        this.#form.addEventListener("submit", async (event) => {
            event.preventDefault()
            const action = this.#chosen
            const given = chosenReason(this.#reason)
            if (!action || !given) return
            this.#button.disabled = true
            if (await record(action, eventData(this.#fields), given)) this.#choice.value = ""
            this.#ask()
        })
    }

    /** @param {Case} shown */
    show({ actions, role }) {
        const before = this.#choice.value
        this.#actions = actions.filter(({ name }) => !WITH_A_MESSAGE.has(name) && name !== "opened")
        const options = grouped(this.#actions)
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

    /** Ask for what the chosen event has to carry. */
    #ask() {
        const action = this.#chosen
        const wanted = JSON.stringify(action ?? null)
        if (wanted !== this.#asked) {
            this.#fields.replaceChildren(...eventFields(action))
            fillReasons(this.#reason, action?.reasons ?? null)
        }
        this.#asked = wanted
        byId("event-help", HTMLElement).textContent = action ? help(action) : ""
        this.#button.textContent = action?.two_people ? "Ask for it" : "Record"
        this.#button.disabled = !action
    }
}

/** @param {Action} action  what becomes of it */
function help({ two_people: two, private: hidden }) {
    return two ? TWO : hidden ? PRIVATE : ONE
}

/**
 * Divide a list as the portal divides its events.
 * @param {Action[]} actions
 * @returns {HTMLOptGroupElement[]}
 */
function grouped(actions) {
    /** @type {Map<string, HTMLOptGroupElement>} */
    const groups = new Map()
    for (const { group, label, name } of actions) {
        const made = groups.get(group) ?? element("optgroup", { label: group })
        made.append(new Option(label, name))
        groups.set(group, made)
    }
    return [...groups.values()]
}
