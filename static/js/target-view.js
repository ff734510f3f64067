/** The target field: a ruling beside it while one types, and a stop where the policy says so. */
import { seconds } from "./dates.js"
import { byId, refusal } from "./dom.js"
import { PorticoError } from "./errors.js"
import { tell } from "./form-view.js"
import { currentKeyset } from "./keyset-client.js"
import { checkTarget } from "./scope-client.js"
import { Prover } from "./scope-proof.js"
import { sentTarget } from "./sent-target.js"
import { spoken, verdictPanel } from "./verdict-panel.js"

/**
 * @typedef {import("./scope-client.js").Checked} Checked
 * @typedef {import("./scope-client.js").Verdict} Verdict
 * @typedef {import("./page-facts.js").PageFacts} PageFacts
 */

const PAUSE = 600 // milliseconds of quiet before a target is sent

/**
 * Say why a report about this target cannot be sent here.
 * @param {Verdict | null} verdict
 * @param {{refusesOut: boolean}} policy
 * @returns {string | null} one or two sentences; null when it can
 */
export function stopOf(verdict, { refusesOut }) {
    if (!verdict) return null
    if (verdict.redirect) {
        const where = verdict.redirect.address.replace(/^mailto:/i, "")
        return `This target belongs to ${verdict.redirect.vendor}. Please report it there: ${where}`
    }
    if (verdict.ruling !== "out" || !refusesOut) return null
    return `The policy takes no reports about this target. ${verdict.reason}`
}

/** Watches the field, asks the portal, and keeps the latest answer. */
export class TargetView {
    #field = byId("target", HTMLInputElement)
    #place = byId("verdict", HTMLElement)
    #sent = byId("target-sent", HTMLElement)
    #said = byId("verdict-said", HTMLElement)
    #page
    #changed
    #prover
    /** @type {Checked | null} about what stands in the field now */
    #checked = null
    /** @type {Map<string, import("./scope-client.js").Question>} asked about this target so far */
    #questions = new Map()
    /** @type {Record<string, boolean>} */
    #answers = {}
    #running = new AbortController()
    /** @type {Promise<void>} */
    #check = Promise.resolve()
    #timer = 0
    #unlocked = false

    /**
     * @param {PageFacts} page
     * @param {() => void} changed  called whenever the answer is another one
     */
    constructor(page, changed) {
        this.#page = page
        this.#changed = changed
        this.#prover = new Prover(() => currentKeyset(page, seconds()))
        this.#field.addEventListener("input", () => this.#restart())
        this.#field.addEventListener("change", () => this.#timer && this.#begin())
    }

    /** Start asking the portal; from a form that cannot seal, not even a target leaves. */
    unlock() {
        this.#unlocked = true
    }

    /** @returns {import("./report-document.js").TargetAnswer} */
    get answer() {
        return {
            text: this.#field.value.trim(),
            normalised: this.#checked?.verdict.target ?? "",
            nonce: this.#checked?.nonce ?? null,
            verdict: this.#checked?.verdict ?? null,
            answers: this.#answers,
            receipt: this.#checked?.receipt ?? null,
        }
    }

    /** @returns {import("./form-validation.js").Fault[]} */
    get faults() {
        const field = "target"
        if (this.#field.value.trim() === "") return [{ field, message: "“Target” is required." }]
        const asked = this.#checked?.verdict.questions ?? []
        const open = asked.filter(({ id }) => !(id in this.#answers))
        return open.map(({ text }) => ({ field, message: `Answer the question: ${text}` }))
    }

    /** @returns {string | null} why nothing can be sent about this target */
    get stop() {
        return stopOf(this.#checked?.verdict ?? null, this.#page)
    }

    /** @returns {Promise<void>} once the portal has answered about what stands in the field */
    async settled() {
        if (this.#timer) this.#begin()
        await this.#check
    }

    /** Another target starts afresh: verdict and answers belong to the one before. */
    #restart() {
        this.#running.abort()
        this.#checked = null
        this.#questions.clear()
        this.#answers = {}
        this.#show()
        clearTimeout(this.#timer)
        this.#timer = setTimeout(() => this.#begin(), PAUSE)
    }

    #begin() {
        clearTimeout(this.#timer)
        this.#timer = 0
        this.#running.abort()
        this.#running = new AbortController()
        this.#check = this.#ask(this.#running.signal)
    }

    /** @param {AbortSignal} signal */
    async #ask(signal) {
        if (!this.#unlocked || this.#field.value.trim() === "") return
        try {
            const asked = { target: this.#cut(), answers: this.#answers }
            const answer = await checkTarget(this.#page.scopeAddress, asked, { signal })
            const checked = await this.#prover.prove(answer)
            if (signal.aborted) return
            this.#checked = checked
            for (const one of checked.verdict.questions) this.#questions.set(one.id, one)
            this.#show()
        } catch (error) {
            if (signal.aborted) return
            if (!(error instanceof PorticoError)) throw error
            this.#showUnchecked(error)
        }
    }

    /** @returns {string} what is sent, shown beside the field when something stays here */
    #cut() {
        const cut = sentTarget(this.#field.value, this.#page)
        this.#sent.hidden = cut === this.#field.value.trim()
        const rest = "The rest stays here until it is sealed."
        this.#sent.textContent = `Only ${cut} is sent to be checked. ${rest}`
        return cut
    }

    #show() {
        const verdict = this.#checked?.verdict ?? null
        const focused = document.activeElement?.getAttribute("data-answer") ?? null
        this.#place.hidden = verdict === null
        this.#place.replaceChildren()
        this.#said.textContent = ""
        if (verdict) {
            const panel = this.#panel(verdict)
            this.#place.append(panel)
            this.#said.textContent = spoken(verdict, panel)
            if (focused) this.#refocus(focused)
        } else this.#sent.hidden = true
        tell("target-error", null)
        this.#changed()
    }

    /** @param {Verdict} verdict */
    #panel(verdict) {
        return verdictPanel(verdict, {
            questions: [...this.#questions.values()],
            answers: this.#answers,
            onAnswer: (id, yes) => {
                this.#answers = { ...this.#answers, [id]: yes }
                this.#begin()
            },
        })
    }

    /** Keep the keyboard where it was: the panel is new. @param {string} answer */
    #refocus(answer) {
        for (const button of this.#place.querySelectorAll("button")) {
            if (button.dataset.answer === answer) button.focus()
        }
    }

    /** A checker that cannot answer, or not credibly, stops nobody. @param {PorticoError} error */
    #showUnchecked(error) {
        this.#checked = null
        this.#sent.hidden = true
        const hint = `${error.hint} You can also go on: the report is then marked as not checked.`
        this.#place.hidden = false
        this.#place.replaceChildren(refusal({ message: error.message, hint }))
        this.#said.textContent = `${error.message} ${hint}`
        this.#changed()
    }
}
