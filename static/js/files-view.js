/** The files of a report: what was added, how large it is, and how to take it out again. */
import { element } from "./dom.js"
import { PorticoError } from "./errors.js"
import { tell } from "./form-view.js"
import { cleaned, remarkOn } from "./picture-cleaning.js"
import { deliveryLength, sizeText } from "./sizes.js"

/** @typedef {{blob: Blob, name: string, remark: string}} Added */

/** Keeps the chosen files, cleaned, and says early when they are too many. */
export class FilesView {
    #input
    #list
    #total = document.getElementById("files-total")
    #said = document.getElementById("files-said")
    #resting
    #limit
    #changed
    #recipients = 64 // the most there can be, until the keyset is known
    /** @type {Promise<void>} */
    #adding = Promise.resolve()
    /** @type {Added[]} */
    files = []

    /**
     * @param {{limit: number}} page
     * @param {() => void} changed
     */
    constructor({ limit }, changed) {
        this.#limit = limit
        this.#changed = changed
        this.#input = document.getElementById("f-files") // a policy may ask for none
        this.#list = document.querySelector("[data-files]")
        this.#resting = this.#total?.textContent ?? ""
        this.#input?.addEventListener("change", () => {
            const input = /** @type {HTMLInputElement} */ (this.#input)
            const chosen = [...(input.files ?? [])]
            input.value = "" // so that the same file can be chosen again after it was removed
            this.add(chosen)
        })
    }

    /** Take in files, however they were given. @param {File[]} chosen */
    add(chosen) {
        if (chosen.length > 0) this.#adding = this.#adding.then(() => this.#add(chosen))
    }

    /** @returns {boolean} whether files are asked for, and can be added now */
    get open() {
        return this.#input instanceof HTMLInputElement && !this.#input.disabled
    }

    /** @param {number} count  how many keys a report is sealed to */
    set recipients(count) {
        this.#recipients = count
    }

    /** @returns {import("./form-validation.js").Fault[]} */
    get faults() {
        const sizes = this.files.map(({ blob }) => blob.size)
        const over = deliveryLength(sizes, this.#recipients) - this.#limit
        if (over <= 0) return []
        const message = `Together the files are ${sizeText(over)} over the limit.`
        return [{ field: "files", message: `${message} Remove some of them.` }]
    }

    /** @returns {Promise<void>} once every chosen file has been read */
    async settled() {
        await this.#adding
    }

    /** What was added has been sent: start anew. */
    clear() {
        this.files = []
        this.#show("")
    }

    /** @param {File[]} chosen */
    async #add(chosen) {
        tell("f-files-error", null)
        for (const file of chosen) {
            try {
                const blob = await cleaned(file)
                this.files.push({ blob, name: file.name, remark: remarkOn(file, blob) })
            } catch (error) {
                if (!(error instanceof PorticoError)) throw error
                tell("f-files-error", `${error.message} ${error.hint}`)
            }
        }
        this.#show(`${this.files.length} files, ${this.#sum()} in all.`)
    }

    /** @param {Added} file */
    #remove(file) {
        this.files = this.files.filter((one) => one !== file)
        tell("f-files-error", null)
        this.#show(`${file.name} removed.`)
        this.#input?.focus()
    }

    /** @param {string} news  for those who do not see the list */
    #show(news) {
        this.#list?.replaceChildren(...this.files.map((file) => this.#line(file)))
        const total = this.files.length > 0 ? `${this.#sum()} in all.` : this.#resting
        if (this.#total) this.#total.textContent = total
        if (this.#said) this.#said.textContent = news
        for (const { message } of this.faults) tell("f-files-error", message)
        this.#changed()
    }

    /** @param {Added} file */
    #line(file) {
        const remove = element("button", { type: "button", class: "button second small" }, "Remove")
        remove.append(element("span", { class: "visually-hidden" }, ` ${file.name}`))
        remove.addEventListener("click", () => this.#remove(file))
        const about = [sizeText(file.blob.size), file.remark].filter(Boolean).join(". ")
        return element(
            "li",
            { class: "file" },
            element("span", { class: "file-name" }, file.name),
            element("span", { class: "small soft" }, about),
            remove,
        )
    }

    #sum() {
        return sizeText(this.files.reduce((sum, { blob }) => sum + blob.size, 0))
    }
}
