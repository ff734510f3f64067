/** What became of what was sent. Its token stays in sight, unless the portal said no to it. */
import { Unanswered } from "./errors.js"
import { showKept, showReceipt } from "./kept-view.js"
import { showPlainly } from "./token-view.js"
import { UnsureView } from "./unsure-view.js"

/** @typedef {import("./token.js").Token} Token */

export class OutcomeView {
    #unsure = new UnsureView()
    /** @type {Token | null} of what is on its way now */
    #underway = null
    /** @type {Token | null} of the report that the portal has kept */
    #kept = null
    #safe = false

    /** @returns {boolean} whether the portal has a report */
    get kept() {
        return this.#kept !== null
    }

    /** @returns {boolean} whether the reporter has shown that they hold the token of a kept one */
    get safe() {
        return this.#safe
    }

    /** @returns {boolean} whether something was sent of which nobody knows if it was kept */
    get open() {
        return !this.#unsure.empty
    }

    /**
     * Wait for the answer to what was just handed over.
     * @template Answer
     * @param {Token} token
     * @param {Promise<Answer>} answer
     * @returns {Promise<Answer>}
     */
    async watch(token, answer) {
        this.#underway = token
        try {
            return await answer
        } catch (error) {
            if (error instanceof Unanswered) this.#unsure.add(token)
            throw error
        } finally {
            this.#underway = null
        }
    }

    /** The page broke while something was on its way: show its token now. */
    interrupt() {
        if (this.#underway) this.#unsure.add(this.#underway)
    }

    /**
     * The portal has the report: whatever fails now, the token is shown and nothing is taken back.
     * @param {Token} token
     * @param {() => import("./kept-view.js").KeptReport} report  what its receipt says
     */
    keep(token, report) {
        this.#kept = token
        try {
            showKept(token, () => (this.#safe = true))
            this.#unsure.settle(token)
            showReceipt(report())
        } catch (error) {
            this.rescue(error)
        }
    }

    /** Something failed after the report was kept. @param {unknown} error */
    rescue(error) {
        const reason = error instanceof Error ? error.message : String(error)
        if (this.#kept && !this.#safe) showPlainly(this.#kept, reason)
    }
}
