/** The messages on the status page: shown as they are read, and the place to write the next one. */
import { AnswerView } from "./answer-view.js"
import { CompletionView, canGoOn } from "./completion-view.js"
import { byId, fromTemplate, refusal } from "./dom.js"
import { PorticoError } from "./errors.js"
import { FilesView } from "./files-view.js"
import { saveLink, saveList } from "./letter.js"
import { PledgesView } from "./pledges-view.js"
import { ThanksView } from "./thanks-view.js"
import { showThread } from "./thread-view.js"
import { Correspondence } from "./thread/correspondence.js"

/**
 * @typedef {import("./thread/correspondence.js").Followed} Followed
 * @typedef {import("./thread/correspondence.js").Writing} Writing
 * @typedef {import("./thread/own-copy.js").OwnCopy} OwnCopy
 */

export class Conversation {
    #followed
    #answer
    #pledges
    #thanks
    #files
    /** @type {CompletionView | null} where a report was sent in haste */
    #rest
    /** @type {{own: OwnCopy, letters: Correspondence} | null} once one's own copy was looked at */
    #known = null
    #busy = false

    /**
     * @param {Followed} followed  its page stands in the document already
     * @param {number} limit  bytes of one delivery
     */
    constructor(followed, limit) {
        this.#followed = followed
        this.#answer = new AnswerView(() => void this.#write())
        this.#pledges = new PledgesView(followed.status, (said) => void this.#pledge(said))
        this.#thanks = new ThanksView(followed)
        this.#files = new FilesView({ limit }, () => undefined)
        this.#rest = canGoOn(followed.status)
            ? new CompletionView((said) => void this.#complete(said))
            : null
        prepareByHand(followed)
    }

    /** @returns {boolean} whether something was written that nobody has */
    get unsent() {
        return this.#written || (this.#rest?.unsent ?? false)
    }

    /** @returns {boolean} whether something stands in the form for messages */
    get #written() {
        return this.#answer.text.trim() !== "" || this.#files.files.length > 0
    }

    /**
     * Show the thread, then let the reporter write.
     * @param {Promise<OwnCopy>} copy  their own
     */
    async open(copy) {
        try {
            const own = await copy
            const letters = new Correspondence(this.#followed, own, {
                work: (step) => this.#answer.work(step),
                advance: (done, total) => this.#answer.advance(done, total),
                read: () => this.#show(),
            })
            this.#known = { own, letters }
            await letters.read()
            await this.#unlock(own, letters)
        } catch (error) {
            this.#answer.shut("The messages could not be read, so none can be added here.")
            show("messages-note", null)
            show("messages-fault", refusal(explained(error)))
        }
    }

    /**
     * Prove that sealing works here, then let people type.
     * @param {OwnCopy} own
     * @param {Correspondence} letters
     */
    async #unlock(own, letters) {
        byId("leave-by-hand", HTMLElement).hidden = own.pin !== null
        if (!own.pin) return this.#answer.shut(`${own.doubt} You can still write by hand.`)
        try {
            this.#files.recipients = await letters.prepare()
        } catch (error) {
            const { message, hint } = explained(error)
            return this.#answer.shut(`${message} ${hint}`)
        }
        this.#answer.open()
        this.#pledges.unlock(true)
        await this.#rest?.open(this.#followed.status)
    }

    #show() {
        if (!this.#known) return
        const { own, letters } = this.#known
        const { thread } = letters
        show("messages-note", thread.length === 0 ? "There are no messages yet." : null)
        byId("messages-lost", HTMLElement).hidden = !letters.lost
        show("messages-fault", null)
        showThread(thread, this.#followed.status.zone, {
            files: (entry) => placed(async () => saveList(await letters.filesOf(entry))),
            sealed: (entry) => placed(async () => saveLink(await letters.sealedOf(entry))),
        })
        show("messages-root", thread.length > 0 && own.pin ? own.pin.root : null)
        show("messages-doubt", thread.length > 0 && own.doubt ? own.doubt : null)
        this.#pledges.show(thread)
    }

    /** Send what stands in the form. */
    async #write() {
        await this.#files.settled()
        const [fault] = this.#files.faults
        if (fault) return this.#answer.fail({ message: fault.message })
        if (!this.#written) return this.#answer.fail({ message: "There is nothing to send yet." })
        const files = this.#files.files.map(({ blob, name }) => ({ blob, name }))
        const said = { kind: /** @type {const} */ ("message"), text: this.#answer.text, data: {} }
        if (!(await this.#send({ said, files }))) return
        this.#files.clear()
        this.#answer.clear("Sent. It stands above, and staff can read it.")
    }

    /** @param {Writing["said"]} said */
    async #pledge(said) {
        if (!(await this.#send({ said, files: [] }))) return
        this.#answer.rest("Sent, signed with your token. It stands above.")
        this.#pledges.clear(said.kind)
        if (said.kind === "credit") await this.#thanks.takeOff() // what was wished for is changed
        try {
            if (await this.#known?.letters.hint(said.kind)) this.#gone()
        } catch (error) {
            this.#answer.fail({ ...explained(error), message: "Sent; but the timeline lacks it." })
        }
    }

    /** Send answers to the form. @param {Writing["said"]} said */
    async #complete(said) {
        if (await this.#send({ said, files: [] })) this.#rest?.clear()
        else this.#rest?.fail("It was not sent. Why stands below; your answers are still here.")
        this.#answer.rest("")
    }

    /** The report was deleted, and with it everything that could be said here. */
    #gone() {
        byId("found", HTMLElement).replaceChildren(fromTemplate("deleted"))
        this.#answer.clear("The report was deleted.")
        this.#files.clear()
    }

    /** @param {Writing} writing @returns {Promise<boolean>} whether the portal has it */
    async #send(writing) {
        if (this.#busy || !this.#known) return false
        const { letters } = this.#known
        this.#busy = true
        this.#pledges.unlock(false)
        try {
            await letters.send(writing)
            await letters.read().catch((error) => show("messages-fault", refusal(explained(error))))
            return true
        } catch (error) {
            this.#answer.fail(explained(error))
            return false
        } finally {
            this.#busy = false
            this.#pledges.unlock(true)
        }
    }
}

/** Fill in what the answer by hand needs. @param {Followed} followed */
function prepareByHand({ status, token }) {
    const root = byId("write-by-hand", HTMLElement)
    const list = root.querySelector("[data-recipients]")
    list?.setAttribute("href", `/${encodeURIComponent(status.program)}/recipients.txt`)
    for (const code of document.querySelectorAll("#write input[name='token']")) {
        if (code instanceof HTMLInputElement) code.value = token.lookup // never the token itself
    }
}

/**
 * @param {() => Promise<HTMLElement>} fetch
 * @returns {Promise<HTMLElement>} what was fetched, or why it was not
 */
async function placed(fetch) {
    try {
        return await fetch()
    } catch (error) {
        return refusal(explained(error))
    }
}

/**
 * Show something in its place, or keep the place hidden.
 * @param {string} id
 * @param {string | HTMLElement | null} content
 */
function show(id, content) {
    const place = byId(id, HTMLElement)
    place.hidden = content === null
    if (content instanceof HTMLElement) return place.replaceChildren(content)
    const slot = place.querySelector("[data-slot]") ?? place
    slot.textContent = content
}

/** @param {unknown} error @returns {{message: string, hint: string}} */
function explained(error) {
    if (error instanceof PorticoError) return { message: error.message, hint: error.hint }
    const reason = error instanceof Error ? error.message : String(error)
    return {
        message: `This page ran into a mistake of its own: ${reason}`,
        hint: "Copy your text and load the page again; your report is not affected.",
    }
}
