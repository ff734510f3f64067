/** Who cares for a report, and whether its sender is on the quiet list. */
import { byId } from "../dom.js"
import { assign, choices, makeQuiet } from "./queue-client.js"
import { chosenReason, hideReasons, offerReasons } from "./reasons.js"

/** @typedef {import("./case-client.js").Case} Case */

/** Shows both, and tells the portal at once when they are changed. */
export class Care {
    #to = byId("assign-to", HTMLSelectElement)
    #quiet = byId("toggle-quiet", HTMLButtonElement)
    #reason = byId("quiet-reason", HTMLSelectElement)
    /** @type {Case | null} */
    #shown = null
    /** @type {Promise<import("./queue-client.js").Colleague[]> | null} */
    #people = null

    /** @param {(work: () => Promise<unknown>, said: string) => Promise<void>} act */
    constructor(act) {
        this.#to.addEventListener("change", () => {
            const name = this.#to.selectedOptions[0].text
            const to = this.#to.value || null
            void act(() => assign(this.#id, to), `Assigned to ${to ? name : "nobody"}.`)
        })
        this.#quiet.addEventListener("click", () => {
            const quiet = !this.#shown?.quiet
            const said = quiet ? "On the quiet list." : "Back in the queue."
            const given = chosenReason(this.#reason)
            if (given) void act(() => makeQuiet(this.#id, quiet, given), said)
        })
    }

    get #id() {
        return this.#shown?.id ?? ""
    }

    /** @param {Case} shown */
    async show(shown) {
        this.#shown = shown
        const reads = shown.role === "reader"
        this.#quiet.textContent = shown.quiet ? "Take off the quiet list" : "Put on the quiet list"
        this.#to.disabled = this.#quiet.disabled = reads
        if (reads) hideReasons(this.#reason)
        else await offerReasons(this.#reason, shown.quiet ? "unquiet" : "quiet")
        this.#people ??= choices().then(({ people }) => people)
        this.#to.replaceChildren(...options(shown, await this.#people))
    }
}

/** @param {Case} shown @param {import("./queue-client.js").Colleague[]} people */
function options({ assigned, program }, people) {
    const able = people.filter((one) => one.programs[program])
    const gone = assigned && !able.some(({ id }) => id === assigned.id) ? [assigned] : []
    const named = [...able, ...gone].map(
        ({ id, name }) => new Option(name, id, false, id === assigned?.id),
    )
    return [new Option("Nobody", "", false, !assigned), ...named]
}
