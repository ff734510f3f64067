/** Sharing old reports from the page of keys: with whose key, with whom, and how far it is. */
import { byId, element, fill, slot } from "../dom.js"
import { PorticoError } from "../errors.js"
import { isMemo } from "./keys-client.js"
import { showFingerprint } from "./keys-view.js"
import { howMany, names } from "./keys-words.js"
import { Keys } from "./program-keys.js"
import { shareAll } from "./sharing-run.js"
import { calm, trouble } from "./trouble.js"
import { VaultView } from "./vault-view.js"

/**
 * @typedef {import("./keys-client.js").Facts} Facts
 * @typedef {import("./keys-client.js").KeysClient} KeysClient
 * @typedef {import("./sharing-run.js").Run} Run
 * @typedef {import("./vault.js").Vault} Vault
 */

const area = byId("to-share", HTMLElement)
const form = byId("share", HTMLFormElement)
const compared = byId("compared", HTMLInputElement)
const start = byId("share-start", HTMLButtonElement)
const stop = byId("share-stop", HTMLButtonElement)
const bar = byId("share-bar", HTMLProgressElement)
const error = byId("share-error", HTMLElement)

/** Offers to share, and does it. */
export class SharingView {
    #client
    #keys
    #refresh
    #files = 0
    #offered = false
    /** @type {Vault | null} */
    #vault = null
    /** @type {import("../keyset.js").Keyset | null} */
    #keyset = null
    #stopping = new AbortController()

    /**
     * @param {KeysClient} client
     * @param {string | null} root  fingerprint that this machine pinned
     * @param {() => Promise<void>} refresh  shows the facts as they are then
     */
    constructor(client, root, refresh) {
        this.#client = client
        this.#keys = new Keys(client.program, root)
        this.#refresh = refresh
        form.addEventListener("submit", (event) => {
            event.preventDefault()
            void this.#share()
        })
        stop.addEventListener("click", () => this.#stopping.abort())
    }

    /** @param {Facts} facts */
    show(facts) {
        const { files, reports } = facts.unshared
        this.#files = files
        byId("all-shared", HTMLElement).hidden = files > 0 || facts.keyset === null
        area.hidden = files === 0
        if (files === 0) return
        const lacking = new Set(facts.versions.filter(held).flatMap((version) => version.lacking))
        fill(area, "count", `${howMany(files, "file")} of ${howMany(reports, "report")}`)
        fill(area, "lacking", `cannot be opened yet by ${names([...lacking])}.`)
        const may = facts.role !== "reader" && facts.keyset !== null && !facts.keyset.expired
        byId("readers-note", HTMLElement).hidden = facts.role !== "reader"
        if (may) this.#offer(facts.desk)
    }

    /** @param {string} address  of the desk */
    #offer(address) {
        if (this.#offered) return
        this.#offered = true
        if (document.documentElement.dataset.opening !== "yes") {
            fill(area, "desk", `portico desk --url ${address}`)
            byId("elsewhere", HTMLElement).hidden = false
            return
        }
        new VaultView({ opened: (vault) => this.#opened(vault), locked: () => this.#locked() })
    }

    /** @param {Vault} vault */
    async #opened(vault) {
        const keyset = await this.#keys.current()
        if (!keyset.recipients.includes(vault.card?.recipient ?? "")) {
            throw new PorticoError("This key is not in the keyset that is in force.", {
                code: "not-in-keyset",
                hint: "Only somebody who is in it can make sure that a shared file opens.",
            })
        }
        const people = keyset.entries.map(({ name, role }) => element("li", {}, `${name} (${role})`))
        byId("share-with", HTMLElement).replaceChildren(...people)
        showFingerprint(slot(area, "share-root"), keyset.fingerprint)
        byId("pinned", HTMLElement).hidden = !this.#keys.lasting
        byId("compared-field", HTMLElement).hidden = this.#keys.lasting
        this.#vault = vault
        this.#keyset = keyset
    }

    #locked() {
        this.#stopping.abort()
        this.#vault = null
        compared.checked = false
    }

    async #share() {
        const agreed = this.#keys.lasting || compared.checked
        error.textContent = agreed ? "" : "Compare the fingerprint first, then tick the box."
        error.hidden = agreed
        if (!agreed) return compared.focus()
        if (!this.#vault || !this.#keyset) return
        calm()
        this.#busy(true)
        try {
            this.#tell(await this.#run(this.#vault, this.#keyset))
        } catch (fault) {
            trouble(fault)
        } finally {
            this.#busy(false)
            await this.#refresh().catch(trouble)
        }
    }

    /** @param {Vault} vault @param {import("../keyset.js").Keyset} keyset */
    #run(vault, keyset) {
        this.#stopping = new AbortController()
        bar.max = this.#files
        bar.value = 0
        const progress = (/** @type {number} */ done) => {
            bar.value = done
            bar.textContent = `${done} of ${this.#files}`
        }
        return shareAll({ client: this.#client, vault, keyset, signal: this.#stopping.signal, progress })
    }

    /** @param {boolean} busy */
    #busy(busy) {
        start.disabled = busy
        stop.hidden = !busy
        byId("share-progress", HTMLElement).hidden = !busy
        if (busy) byId("share-said", HTMLElement).textContent = "Sharing…"
    }

    /** @param {Run} run */
    #tell({ shared, left, stopped }) {
        const words = [`${howMany(shared, "file")} shared.`]
        if (left.length) words.push(`${howMany(left.length, "file")} stay as they were:`)
        if (stopped) words.push("Stopped; start again to go on.")
        const lines = left.map(({ file, message }) =>
            element("li", {}, `${file.report}, ${isMemo(file) ? "a note" : file.role}: ${message}`),
        )
        byId("share-left", HTMLElement).replaceChildren(...lines)
        const said = byId("share-said", HTMLElement)
        said.textContent = words.join(" ")
        said.focus()
    }
}

/** @param {import("./keys-client.js").Version} version */
function held({ files }) {
    return files > 0
}
