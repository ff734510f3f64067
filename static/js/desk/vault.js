/** The page's handle on the vault: it hands in an identity file, and gets back what that opens. */
import { PorticoError } from "../errors.js"
import { VAULT, startWorker } from "../own-workers.js"

/**
 * @typedef {import("./identity-file.js").Card} Card
 * @typedef {import("./strongroom.js").Opened} Opened
 * @typedef {import("../sealing-job.js").Progress} Progress
 * @typedef {{resolve: (answer: any) => void, reject: (error: unknown) => void,
 *     progress: Progress}} Waiting
 */

const quiet = () => undefined

/** One identity, held by a worker of its own until it is closed. */
export class Vault {
    #worker
    /** @type {Map<number, Waiting>} */
    #waiting = new Map()
    #orders = 0
    /** @type {Card | null} */
    #card = null

    #closed = false

    /**
     * @param {Worker} [worker]
     * @throws {PorticoError} the browser will not start it
     */
    constructor(worker = started()) {
        this.#worker = worker
        worker.addEventListener("message", ({ data }) => this.#hear(data))
        worker.addEventListener("error", () => this.close())
    }

    /** @returns {Card | null} the public halves of what it holds */
    get card() {
        return this.#card
    }

    /**
     * @param {Blob} file  as it was chosen; this page never reads it
     * @param {string | null} passphrase
     * @returns {Promise<boolean>} false when it takes a passphrase and none was given
     * @throws {PorticoError} not an identity, damaged, or the passphrase is wrong
     */
    async unlock(file, passphrase = null) {
        this.#card = await this.#order({ kind: "unlock", file, passphrase })
        return this.#card !== null
    }

    /**
     * @param {Blob} file  an age file
     * @param {Progress} [progress]
     * @returns {Promise<Opened>}
     */
    open(file, progress) {
        return this.#order({ kind: "open", file }, progress)
    }

    /**
     * @param {Uint8Array} lines  that staff sign
     * @returns {Promise<import("../thread/message.js").Signed>}
     */
    sign(lines) {
        return this.#order({ kind: "sign", lines })
    }

    /**
     * @param {import("../thread/composing.js").MessageJob} job
     * @param {Progress} [progress]
     * @returns {Promise<import("../thread/composing.js").SealedMessage>}
     */
    sealMessage(job, progress) {
        return this.#order({ kind: "seal-message", job }, progress)
    }

    /**
     * @param {import("./memo.js").Memo} memo
     * @param {string[]} recipients
     * @returns {Promise<Blob>}
     */
    sealMemo(memo, recipients) {
        return this.#order({ kind: "seal-memo", memo, recipients })
    }

    /**
     * @param {import("./sharing-job.js").SharingJob} job
     * @returns {Promise<import("../bytes.js").Bytes>} a new header, which opens the file
     */
    share(job) {
        return this.#order({ kind: "share", job })
    }

    /** End the worker, and the identity with it. Whatever is under way is refused. */
    close() {
        this.#worker.terminate()
        this.#closed = true
        this.#card = null
        for (const { reject } of this.#waiting.values()) reject(closed())
        this.#waiting.clear()
    }

    /** @param {object} order @param {Progress} [progress] @returns {Promise<any>} */
    #order(order, progress = quiet) {
        const id = ++this.#orders
        if (this.#closed) return Promise.reject(closed())
        return new Promise((resolve, reject) => {
            this.#waiting.set(id, { resolve, reject, progress })
            this.#worker.postMessage({ id, ...order })
        })
    }

    /** @param {{id: number, kind: string, [more: string]: any}} said */
    #hear({ id, kind, ...more }) {
        const waiting = this.#waiting.get(id)
        if (kind === "progress") return waiting?.progress(more.done, more.total)
        this.#waiting.delete(id)
        if (kind === "done") return waiting?.resolve(more.answer)
        waiting?.reject(new PorticoError(more.message, { code: more.code, hint: more.hint }))
    }
}

/** @returns {Worker} */
function started() {
    try {
        return startWorker(VAULT)
    } catch {
        throw new PorticoError("The vault cannot be opened in this browser.", {
            code: "vault-blocked",
            hint: "Use `portico open` on your machine, or another browser.",
        })
    }
}

function closed() {
    return new PorticoError("The vault was locked before this was done.", {
        code: "vault-closed",
        hint: "Choose your identity file again.",
    })
}
