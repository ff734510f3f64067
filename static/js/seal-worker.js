/**
 * The worker that seals: it turns a draft into age files and never talks to the network.
 *
 * Takes `{kind: "rehearse"}` and `{kind: "seal", job}`; answers `{kind: "ready"}`, any number of
 * `{kind: "progress", done, total}`, then `{kind: "sealed", envelopes}` or
 * `{kind: "refused", message, hint}`.
 */
import { PorticoError } from "./errors.js"
import { rehearse, sealReport } from "./sealing-job.js"

/** @typedef {{kind: "rehearse"} | {kind: "seal", job: import("./sealing-job.js").Job}} Order */

const PROGRESS_STEP = 512 * 1024 // bytes between two progress messages

self.addEventListener("message", async (/** @type {MessageEvent<Order>} */ { data }) => {
    try {
        if (data.kind === "rehearse") {
            await rehearse()
            self.postMessage({ kind: "ready" })
        } else {
            self.postMessage({ kind: "sealed", envelopes: await sealReport(data.job, teller()) })
        }
    } catch (error) {
        self.postMessage({ kind: "refused", ...reasonOf(error) })
    }
})

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
