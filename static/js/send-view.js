/** The send button and what is said around it: locked, working, failed, or not to be sent. */
import { byId } from "./dom.js"

/** @typedef {{message: string, hint?: string}} Said */

export class SendView {
    #button = byId("send", HTMLButtonElement)
    #note = byId("send-note", HTMLElement)
    #progress = byId("progress", HTMLElement)
    #bar = byId("progress-bar", HTMLProgressElement)
    #label = byId("progress-label", HTMLElement)
    #said = byId("progress-said", HTMLElement)
    #failure = byId("failure", HTMLElement)
    #stopped = byId("stopped", HTMLElement)
    /** @type {string | null} */
    #stop = null
    #resting = "Nothing has been sent yet."

    /** @param {() => void} send */
    constructor(send) {
        // A refused press still answers, so an open form never truly disables its button.
        this.#button.addEventListener("click", () => {
            if (this.#stop === null) send()
            else this.#stopped.scrollIntoView({ block: "center" })
        })
    }

    /** The form is open; nothing is on its way. */
    rest() {
        this.#progress.hidden = true
        this.#button.disabled = false
        this.stop(this.#stop)
    }

    /** @param {string | null} reason  why this report cannot be sent here; null lets it go */
    stop(reason) {
        this.#stop = reason
        this.#stopped.hidden = reason === null
        byId("stopped-reason", HTMLElement).textContent = reason
        this.#button.setAttribute("aria-disabled", String(reason !== null))
        const resting = this.#resting
        this.#note.textContent = reason === null ? resting : "The target stops this report."
    }

    /** @param {string} step  what is being done, such as “Sealing” */
    work(step) {
        this.#failure.hidden = true
        this.#button.disabled = true
        this.#note.textContent = "Keep this page open."
        this.#progress.hidden = false
        this.#bar.removeAttribute("value")
        this.#label.textContent = step
        this.#said.textContent = `${step}.`
    }

    /** @param {number} done @param {number} total  of the present step */
    advance(done, total) {
        if (total <= 0) return
        const percent = Math.floor((100 * done) / total)
        const before = this.#bar.hasAttribute("value") ? this.#bar.value : -1
        this.#bar.value = percent
        // Spoken in quarters: every percent would drown a screen reader.
        if (Math.floor(percent / 25) > Math.floor(before / 25)) {
            this.#said.textContent = `${this.#label.textContent}: ${percent} percent.`
        }
    }

    /** Something was sent, and what became of it is not known. */
    doubt() {
        this.#resting = "Whether your report arrived is not known."
    }

    /** @param {Said} error  said where it gets the focus; the form stays as it is */
    fail({ message, hint = "" }) {
        this.rest()
        byId("failure-message", HTMLElement).textContent = message
        byId("failure-hint", HTMLElement).textContent = hint
        this.#failure.hidden = false
        this.#failure.focus()
    }

    /** Something nobody foresaw: nothing more leaves this page. @param {Said} error */
    close(error) {
        this.fail(error)
        this.#button.disabled = true
        this.#note.textContent = "Sending is switched off."
    }
}
