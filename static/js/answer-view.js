/** The place where a reporter writes: locked, open, at work, or saying why nothing was sent. */
import { byId, fill } from "./dom.js"

/** @typedef {{message: string, hint?: string}} Said */

export class AnswerView {
    #form = byId("write-form", HTMLElement)
    #gate = byId("write-gate", HTMLElement)
    #text = byId("answer", HTMLTextAreaElement)
    #files = byId("f-files", HTMLInputElement)
    #button = byId("answer-send", HTMLButtonElement)
    #note = byId("answer-note", HTMLElement)
    #failure = byId("answer-failure", HTMLElement)
    #progress = byId("answer-progress", HTMLElement)
    #bar = byId("answer-bar", HTMLProgressElement)
    #step = byId("answer-step", HTMLElement)
    #said = byId("answer-said", HTMLElement)

    /** @param {() => void} send */
    constructor(send) {
        this.#button.addEventListener("click", send)
    }

    /** @returns {string} what was typed */
    get text() {
        return this.#text.value
    }

    /** Let people type. */
    open() {
        this.#gate.hidden = true
        this.#form.hidden = false
        this.rest("Nothing of this has been sent.")
    }

    /** @param {string} reason  why nobody can write here */
    shut(reason) {
        this.#gate.textContent = reason
        this.#gate.hidden = false
        this.#form.hidden = true
        byId("write-by-hand", HTMLDetailsElement).open = true
    }

    /** @param {string} note  beside the button */
    rest(note) {
        this.#progress.hidden = true
        this.#lock(false)
        this.#note.textContent = note
    }

    /** The message is kept: room for the next. @param {string} note */
    clear(note) {
        this.#text.value = ""
        this.rest(note)
        this.#said.textContent = note
    }

    /** @param {string} step  what is being done, such as “Sealing” */
    work(step) {
        this.#failure.hidden = true
        this.#lock(true)
        this.#note.textContent = "Keep this page open."
        this.#progress.hidden = false
        this.#bar.removeAttribute("value")
        this.#step.textContent = step
        this.#said.textContent = `${step}.`
    }

    /** @param {number} done @param {number} total  of the present step */
    advance(done, total) {
        if (total > 0) this.#bar.value = Math.floor((100 * done) / total)
    }

    /** @param {Said} error  said where it gets the focus; the text stays as it is */
    fail({ message, hint = "" }) {
        this.rest(this.text ? "Your text is still here." : "")
        fill(this.#failure, "message", message)
        fill(this.#failure, "hint", hint)
        this.#failure.hidden = false
        this.#failure.focus()
    }

    /** Nothing more leaves this page, and what was typed can still be copied. @param {Said} error */
    close(error) {
        this.fail(error)
        this.#button.disabled = true
        this.#note.textContent = "Sending is switched off."
    }

    /** @param {boolean} shut */
    #lock(shut) {
        for (const control of [this.#text, this.#files, this.#button]) control.disabled = shut
    }
}
