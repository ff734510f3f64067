/** The letter that decides about a reward: every factor of the policy weighed, signed and sealed. */
import { byId, element } from "../dom.js"

/**
 * @typedef {import("./case-client.js").Case} Case
 * @typedef {import("./letter-sending.js").Said} Said
 */

/** @type {[string, string][]} */
const WEIGHTS = [["", "Choose"], ["low", "Low"], ["medium", "Medium"], ["high", "High"]]
const DECIDED = { yes: "We decided to give a reward.", no: "We decided not to give a reward." }

export class DecisionForm {
    #root = byId("decide", HTMLElement)
    #form = byId("decide-form", HTMLFormElement)
    #answer = byId("decide-answer", HTMLSelectElement)
    #factors = byId("decide-factors", HTMLElement)
    #words = byId("decide-words", HTMLTextAreaElement)
    /** @type {{id: string, text: string}[]} */
    #asked = []

    /** @param {(said: Said) => void} send */
    constructor(send) {
        this.#form.addEventListener("submit", (event) => {
            event.preventDefault()
            send(this.#said)
            this.#root.removeAttribute("open")
        })
    }

    /** @param {Case} shown @param {boolean} able  whether staff can write here */
    show({ reward, actions }, able) {
        this.#root.hidden = !able || !actions.some(({ name }) => name === "rewarded")
        const asked = reward?.factors ?? []
        if (JSON.stringify(asked) === JSON.stringify(this.#asked)) return
        this.#asked = asked
        this.#factors.replaceChildren(...asked.map(field))
    }

    /** @returns {Said} */
    get #said() {
        const answer = /** @type {"yes" | "no"} */ (this.#answer.value)
        const lists = [...this.#factors.querySelectorAll("select")]
        const factors = Object.fromEntries(lists.map(({ name, value }) => [name, value]))
        const text = decisionText(answer, this.#asked, factors, this.#words.value)
        return { kind: "decision", text, data: { answer, factors } }
    }
}

/**
 * @param {"yes" | "no"} answer
 * @param {{id: string, text: string}[]} asked
 * @param {Record<string, string>} factors
 * @param {string} words  of whoever decides
 */
function decisionText(answer, asked, factors, words) {
    const weighed = asked.map(({ id, text }) => `- ${text}: ${factors[id]}`)
    const list = weighed.length > 0 ? ["We weighed:", ...weighed].join("\n") : ""
    return [DECIDED[answer], list, words.trim()].filter(Boolean).join("\n\n")
}

/** @param {{id: string, text: string}} factor */
function field({ id, text }) {
    const name = `decide-${id}`
    const list = element("select", { id: name, name: id, required: "", autocomplete: "off" })
    list.append(...WEIGHTS.map(([weight, words]) => new Option(words, weight)))
    return element("div", { class: "field" }, element("label", { for: name }, text), list)
}
