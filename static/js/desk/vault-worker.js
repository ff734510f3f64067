/**
 * The worker that alone holds an identity. It is served with a policy of its own under which it
 * can talk to nobody but the page that started it.
 *
 * Takes `{id, kind, …}`; answers any number of `{id, kind: "progress", done, total}`, then
 * `{id, kind: "done", answer}` or `{id, kind: "refused", code, message, hint}`.
 */
import { PorticoError } from "../errors.js"
import { Strongroom } from "./strongroom.js"

/** @typedef {import("../sealing-job.js").Progress} Progress */

const PROGRESS_STEP = 512 * 1024 // bytes between two progress messages
const room = new Strongroom()

/** @type {Record<string, (order: any, progress: Progress) => unknown>} */
const WORK = {
    unlock: ({ file, passphrase }) => room.unlock(file, passphrase),
    open: ({ file }, progress) => room.open(file, progress),
    sign: ({ lines }) => room.sign(lines),
    "seal-message": ({ job }, progress) => room.sealMessage(job, progress),
    "seal-memo": ({ memo, recipients }) => room.sealMemo(memo, recipients),
    share: ({ job }) => room.share(job),
}

self.addEventListener("message", async ({ data }) => {
    const { id, kind } = data
    try {
        self.postMessage({ id, kind: "done", answer: await WORK[kind](data, teller(id)) })
    } catch (error) {
        self.postMessage({ id, kind: "refused", ...reasonOf(error) })
    }
})

/** @param {number} id  of the order @returns {Progress} one that speaks only now and then */
function teller(id) {
    let told = 0
    return (done, total) => {
        if (done - told < PROGRESS_STEP && done < total) return
        told = done
        self.postMessage({ id, kind: "progress", done, total })
    }
}

/** @param {unknown} error */
function reasonOf(error) {
    if (error instanceof PorticoError) {
        return { code: error.code, message: error.message, hint: error.hint }
    }
    // The words of other errors are not repeated: nobody has checked what they quote.
    const hint = "Load the page again, and choose your identity file once more."
    return { code: "vault-failed", message: "The vault could not do this.", hint }
}
