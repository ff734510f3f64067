/** What a reporter sent, opened again: its text first, its files when they are asked for. */
import { byId, refusal } from "./dom.js"
import { ArchiveRefused, PorticoError } from "./errors.js"
import { letter, saveList } from "./letter.js"
import { openPlain } from "./opening.js"
import { fetchEnvelope } from "./status-client.js"
import { MADE_BY_CLIENT } from "./token.js"
import { unarchive } from "./unarchive.js"

/**
 * @typedef {import("./thread/correspondence.js").Followed} Followed
 * @typedef {import("./thread/own-copy.js").OwnCopy} OwnCopy
 */

const OTHERS = "its files are not those that your report names"

export class OwnCopyView {
    #followed
    #say
    #read = byId("read", HTMLButtonElement)
    #fetch = byId("fetch-files", HTMLButtonElement)
    #place = byId("letter", HTMLElement)

    /**
     * @param {Followed} followed  its page stands in the document already
     * @param {Promise<OwnCopy>} copy
     * @param {(words: string) => void} say  for those who do not see the page
     */
    constructor(followed, copy, say) {
        this.#followed = followed
        this.#say = say
        const own = followed.token.version === MADE_BY_CLIENT
        for (const name of ["readable", "open"]) show(name, own)
        show("unreadable", !own)
        this.#read.addEventListener("click", () => void this.#open(copy))
        this.#fetch.addEventListener("click", () => void this.#files(copy))
    }

    /** @param {Promise<OwnCopy>} copy */
    async #open(copy) {
        this.#read.disabled = true
        try {
            const { files, doubt } = await copy
            if (files === null) throw new PorticoError(doubt, { code: "no-copy", hint: "" })
            this.#place.replaceChildren(...letter(files))
            this.#say("Your report is open below.")
            this.#read.hidden = true
            this.#fetch.hidden = !this.#hasFiles
        } catch (error) {
            this.#fail(error)
        } finally {
            this.#read.disabled = false
        }
    }

    /** Fetch the attachments, which may be large. @param {Promise<OwnCopy>} copy */
    async #files(copy) {
        const { token, address } = this.#followed
        this.#fetch.disabled = true
        this.#say("Fetching and opening your files.")
        try {
            const envelope = await fetchEnvelope(address, token.lookup, "attachments")
            const plain = await openPlain(envelope, token)
            if (plain.sha256 !== (await copy).attachments) throw new ArchiveRefused(OTHERS)
            this.#place.append(saveList(unarchive(plain.bytes)))
            this.#say("Your files can be saved below.")
            this.#fetch.hidden = true
        } catch (error) {
            this.#fail(error)
        } finally {
            this.#fetch.disabled = false
        }
    }

    get #hasFiles() {
        return this.#followed.status.envelopes.some(({ role }) => role === "attachments")
    }

    /** @param {unknown} error */
    #fail(error) {
        const known = error instanceof PorticoError
        const message = known ? error.message : `This page failed: ${error}`
        this.#place.append(refusal({ message, hint: known ? error.hint : "Load it again." }))
        this.#say(message)
    }
}

/** @param {string} name @param {boolean} shown */
function show(name, shown) {
    const place = document.querySelector(`[data-slot="${name}"]`)
    if (place instanceof HTMLElement) place.hidden = !shown
}
