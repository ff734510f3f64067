/**
 * The worker that seals: it turns a draft into age files and never talks to the network.
 *
 * Takes `{kind: "rehearse"}`, `{kind: "seal", job}` and `{kind: "seal-message", job, seed}`; answers
 * `{kind: "ready"}`, any number of `{kind: "progress", done, total}`, then
 * `{kind: "sealed", envelopes}`, with its `link` for a message, or `{kind: "refused", message, hint}`.
 */
import { PorticoError } from "./errors.js"
import { rehearse, sealReport } from "./sealing-job.js"
import { sealMessage } from "./thread/composing.js"
import { signer } from "./thread/message.js"

/**
 * @typedef {{kind: "rehearse"} | {kind: "seal", job: import("./sealing-job.js").Job}
 *     | {kind: "seal-message", job: import("./thread/composing.js").MessageJob, seed: Uint8Array}}
 *     Order  `seed` is the Ed25519 private key that signs the message
 */

const PROGRESS_STEP = 512 * 1024 // bytes between two progress messages

self.addEventListener("message", async (/** @type {MessageEvent<Order>} */ { data }) => {
    try {
        self.postMessage(await carriedOut(data))
    } catch (error) {
        self.postMessage({ kind: "refused", ...reasonOf(error) })
    }
})

/** @param {Order} order @returns {Promise<object>} the last answer */
async function carriedOut(order) {
    if (order.kind === "seal") {
        return { kind: "sealed", envelopes: await sealReport(order.job, teller()) }
    }
    if (order.kind === "seal-message") {
        return { kind: "sealed", ...(await sealMessage(order.job, signer(order.seed), teller())) }
    }
    await rehearse()
    return { kind: "ready" }
}

/** @returns {import("./sealing-job.js").Progress} one that speaks only now and then */
function teller() {
    let told = 0
    return (done, total) => {
        if (done - told < PROGRESS_STEP && done < total) return
        told = done
        self.postMessage({ kind: "progress", done, total })
    }
}

/** @param {unknown} error */
function reasonOf(error) {
    if (error instanceof PorticoError) return { message: error.message, hint: error.hint }
    return { message: `Sealing failed: ${error instanceof Error ? error.message : error}.` }
}
