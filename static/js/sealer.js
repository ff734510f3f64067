/** The page's side of the sealing worker. */
import { SealingRefused } from "./errors.js"
import { SEALING, startWorker } from "./own-workers.js"

/**
 * @typedef {import("./sealing-job.js").Job} Job
 * @typedef {import("./sealing-job.js").Envelope} Envelope
 * @typedef {import("./sealing-job.js").Progress} Progress
 * @typedef {{kind: string, [more: string]: any}} Answer
 */

const SILENCE = 60_000 // milliseconds without a word from the worker before it is given up

/**
 * Start the worker and let it prove that it can seal.
 * @returns {Promise<Sealer>}
 * @throws {SealingRefused} the page is not secure, or the worker is blocked or fails
 */
export async function startSealer() {
    if (!globalThis.isSecureContext) {
        throw new SealingRefused("This page did not come over a secure connection.", {
            hint: "Open it with https, or seal your report by hand as shown below.",
        })
    }
    const sealer = new Sealer(workerOrRefusal())
    await sealer.rehearse()
    return sealer
}

/** Gives orders to one worker, one at a time. */
export class Sealer {
    #worker

    /** @param {Worker} worker */
    constructor(worker) {
        this.#worker = worker
    }

    /** @returns {Promise<void>} once the worker has sealed and opened a few bytes */
    async rehearse() {
        await this.#order({ kind: "rehearse" }, "ready")
    }

    /**
     * @param {Job} job
     * @param {Progress} progress
     * @returns {Promise<Envelope[]>}
     * @throws {SealingRefused} the worker refused, failed or fell silent
     */
    async seal(job, progress) {
        return (await this.#order({ kind: "seal", job }, "sealed", progress)).envelopes
    }

    /**
     * @param {import("./thread/composing.js").MessageJob} job
     * @param {Uint8Array} seed  of the key that signs it
     * @param {Progress} progress
     * @returns {Promise<import("./thread/composing.js").SealedMessage>}
     * @throws {SealingRefused} the worker refused, failed or fell silent
     */
    async sealMessage(job, seed, progress) {
        const order = { kind: "seal-message", job, seed }
        const { envelopes, link } = await this.#order(order, "sealed", progress)
        return { envelopes, link }
    }

    /** Stop the worker, whatever it is doing; it takes no further orders. */
    stop() {
        this.#worker.terminate()
    }

    /**
     * @param {object} order
     * @param {string} expected  kind of the last answer
     * @param {Progress} [progress]
     * @returns {Promise<Answer>}
     */
    #order(order, expected, progress = () => undefined) {
        return new Promise((resolve, reject) => {
            const patience = new Patience(() => settle(() => reject(silent())))
            const listening = new AbortController()
            /** @param {() => void} outcome */
            const settle = (outcome) => {
                listening.abort()
                patience.end()
                outcome()
            }
            /** @param {MessageEvent<Answer>} event */
            const hear = ({ data }) => {
                patience.renew()
                if (data.kind === "progress") progress(data.done, data.total)
                else if (data.kind === expected) settle(() => resolve(data))
                else settle(() => reject(new SealingRefused(data.message, { hint: data.hint })))
            }
            const { signal } = listening
            const fail = () => settle(() => reject(blocked()))
            this.#worker.addEventListener("message", hear, { signal })
            this.#worker.addEventListener("error", fail, { signal })
            this.#worker.addEventListener("messageerror", fail, { signal })
            this.#worker.postMessage(order)
        })
    }
}

/** Counts down while nobody speaks. */
class Patience {
    #timer = 0
    #lost

    /** @param {() => void} lost  called after too long a silence */
    constructor(lost) {
        this.#lost = lost
        this.renew()
    }

    renew() {
        this.end()
        this.#timer = setTimeout(this.#lost, SILENCE)
    }

    end() {
        clearTimeout(this.#timer)
    }
}

function silent() {
    return new SealingRefused("Sealing took too long and was given up.", {
        hint: "Nothing was sent. Try again, with fewer or smaller files, or seal it by hand.",
    })
}

function blocked() {
    return new SealingRefused("The sealing script could not run in this browser.", {
        hint: "Nothing was sent. Seal your report by hand as shown on this page.",
    })
}

/** @returns {Worker} */
function workerOrRefusal() {
    try {
        return startWorker(SEALING)
    } catch {
        throw blocked()
    }
}
