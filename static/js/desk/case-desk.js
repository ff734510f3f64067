/** What the server knows of a report, as the page shows it, and what staff record about it. */
import { byId } from "../dom.js"
import { me } from "./api.js"
import { Acts } from "./case-acts.js"
import { showApprovals } from "./case-approvals.js"
import { Care } from "./case-care.js"
import { showFacts } from "./case-facts.js"
import { showLinks } from "./case-links.js"
import { showOutlook } from "./case-outlook.js"
import { showTime } from "./case-time.js"
import { showLegal } from "./legal-view.js"
import { calm, trouble } from "./trouble.js"

/**
 * @typedef {import("./case-client.js").Case} Case
 * @typedef {import("./case-client.js").CaseClient} CaseClient
 */

const FOR_GOOD =
    "Delete the sealed report and its messages for good? Nobody can bring them back."

/** Asks how the report stands, shows it, and does what is recorded. */
export class CaseDesk {
    #client
    #changed
    #acts = new Acts((action, data, given) => this.record(action.name, data, given))
    #care = new Care(async (work, said) => void (await this.act(work, said)))
    /** @type {Case | null} */
    #shown = null

    /** @param {CaseClient} client @param {(shown: Case) => void} changed  what else follows it */
    constructor(client, changed) {
        this.#client = client
        this.#changed = changed
    }

    /** @returns {Case} as it was last heard of */
    get shown() {
        if (this.#shown) return this.#shown
        throw new TypeError("the report was not asked for yet")
    }

    /** Ask for the report, and show what the server knows of it. */
    async refresh() {
        const [shown, { id: mine }] = await Promise.all([this.#client.case(), me()])
        this.#shown = shown
        showFacts(shown, Date.now())
        showTime(shown)
        showOutlook(shown)
        showLegal(shown)
        showLinks(shown)
        this.#acts.show(shown)
        showApprovals(shown, mine, (one, granted, given) => this.#decide(one.id, granted, given))
        await this.#care.show(shown)
        this.#changed(shown)
    }

    /**
     * @param {string} name  of an event
     * @param {Record<string, unknown>} data
     * @param {import("./reasons.js").Given} [given]
     * @returns {Promise<boolean>} whether it was recorded, or asked for
     */
    async record(name, data, given) {
        /** @type {Record<string, any>} */
        let answer = {}
        const work = async () => (answer = await this.#client.record(name, data, given))
        const done = await this.act(work, "")
        if (done) say(answer.approval ? "Asked for. A colleague has to grant it now." : "Recorded.")
        return done
    }

    /** Delete the report for good, once somebody is sure. @returns {Promise<boolean>} */
    async erase() {
        const sure = confirm(FOR_GOOD)
        if (sure) return this.act(() => this.#client.delete(), "The report is deleted.")
        await this.refresh()
        return false
    }

    /**
     * Do something, and show how the report stands then.
     * @param {() => Promise<unknown>} work
     * @param {string} said  when it is done
     * @returns {Promise<boolean>} whether it was done
     */
    async act(work, said) {
        const done = await told(work, said)
        await this.refresh().catch(trouble)
        return done
    }

    /**
     * @param {string} approval
     * @param {boolean} granted
     * @param {import("./reasons.js").Given} given
     */
    async #decide(approval, granted, given) {
        const said = granted ? "Granted, and recorded." : "Refused."
        await this.act(() => this.#client.decide(approval, granted, given), said)
    }
}

/**
 * Do something, and say how it went.
 * @param {() => Promise<unknown>} work
 * @param {string} said  when it is done
 * @returns {Promise<boolean>} whether it was done
 */
export async function told(work, said) {
    calm()
    try {
        await work()
        say(said)
        return true
    } catch (fault) {
        trouble(fault)
        return false
    }
}

/** @param {string} words */
export function say(words) {
    byId("said", HTMLElement).textContent = words
}
