/** Where somebody hands in their identity file, and takes it back. */
import { byId, fill } from "../dom.js"
import { PorticoError } from "../errors.js"
import { lockWhenIdle } from "./idle-lock.js"
import { Vault } from "./vault.js"

/**
 * @typedef {object} Acts
 * @property {(vault: Vault) => Promise<void>} opened
 * @property {() => Promise<void>} [leaving]  while the vault is still open
 * @property {() => void} locked
 */

/** Opens a vault, shows whose it is, and locks it again. */
export class VaultView {
    #form = byId("unlock", HTMLFormElement)
    #file = byId("identity", HTMLInputElement)
    #passphrase = byId("passphrase", HTMLInputElement)
    #button = byId("open-report", HTMLButtonElement)
    #opened = byId("opened", HTMLElement)
    #acts
    /** @type {Vault | null} */
    #vault = null
    /** @type {() => void} */
    #rest = () => undefined

    /** @param {Acts} acts */
    constructor(acts) {
        this.#acts = acts
        this.#form.hidden = false
        this.#form.addEventListener("submit", (event) => {
            event.preventDefault()
            void this.#unlock()
        })
        this.#file.addEventListener("change", () => this.#ask(false))
        byId("lock", HTMLButtonElement).addEventListener("click", async () => {
            await acts.leaving?.()
            this.lock("Locked.")
        })
    }

    /** @param {string} note  what became of it */
    lock(note) {
        this.#rest()
        this.#vault?.close()
        this.#vault = null
        this.#opened.hidden = true
        this.#form.hidden = false
        this.#file.value = ""
        this.#ask(false)
        this.say(note)
        this.#acts.locked()
    }

    /** @param {string} words  what is being done */
    say(words) {
        byId("unlock-note", HTMLElement).textContent = words
    }

    async #unlock() {
        const [file] = this.#file.files ?? []
        if (!file) return this.#fail("Choose your identity file first.", this.#file)
        this.#fail("", null)
        this.#button.disabled = true
        try {
            await this.#open(file)
        } catch (fault) {
            this.#vault?.close()
            this.#vault = null
            this.say("")
            if (!(fault instanceof PorticoError)) throw fault
            const asked = !byId("passphrase-field", HTMLElement).hidden
            this.#fail(`${fault.message} ${fault.hint}`, asked ? this.#passphrase : this.#file)
        } finally {
            this.#button.disabled = false
            this.#passphrase.value = ""
        }
    }

    /** @param {File} file */
    async #open(file) {
        const asked = !byId("passphrase-field", HTMLElement).hidden
        const vault = (this.#vault = new Vault())
        this.say(asked ? "Unlocking; this takes some seconds on purpose." : "Reading the file.")
        const whole = await vault.unlock(file, asked ? this.#passphrase.value : null)
        if (!whole) {
            vault.close()
            this.say("This file is locked.")
            return this.#ask(true)
        }
        fill(this.#opened, "holder", vault.card?.name)
        await this.#acts.opened(vault)
        this.#rest = lockWhenIdle(() => this.lock("Locked after 15 minutes without use."))
        this.#form.hidden = true
        this.#opened.hidden = false
        this.#file.value = "" // not even the name of the file stays in the page
        this.say("")
        byId("lock", HTMLButtonElement).focus({ preventScroll: true })
    }

    /** @param {boolean} locked  whether the file takes a passphrase */
    #ask(locked) {
        byId("passphrase-field", HTMLElement).hidden = !locked
        this.#passphrase.value = ""
        this.#fail("", null)
        if (locked) this.#passphrase.focus()
    }

    /** @param {string} words @param {HTMLInputElement | null} where */
    #fail(words, where) {
        const place = byId("unlock-error", HTMLElement)
        place.textContent = words
        place.hidden = words === ""
        for (const input of [this.#file, this.#passphrase]) {
            input.toggleAttribute("aria-invalid", input === where)
        }
        where?.focus()
    }
}
