/**
 * Sharing all that somebody cannot open yet, file by file.
 *
 * Nothing has to be remembered: what was shared is not listed any more, so a run that was stopped
 * goes on where it was. Only headers are sent.
 */
import { PortalRefused } from "../errors.js"

/**
 * @typedef {import("./keys-client.js").Unshared} Unshared
 * @typedef {{file: Unshared, message: string}} Left  a file that stays as it was, and why
 * @typedef {{shared: number, left: Left[], stopped: boolean}} Run
 *
 * @typedef {object} Means
 * @property {Pick<import("./keys-client.js").KeysClient, "unshared" | "start" | "keep">} client
 * @property {Pick<import("./vault.js").Vault, "share">} vault
 * @property {{version: number, recipients: string[]}} keyset  verified
 * @property {AbortSignal} signal  stops it after the file it is at
 * @property {(done: number) => void} progress  told after each file
 */

const OF_THE_FILE = ["envelope-refused", "no-such-report"] // others concern the whole run

/**
 * @param {Means} means
 * @returns {Promise<Run>}
 * @throws {import("../errors.js").PorticoError} the portal cannot be reached, or its keys changed
 */
export async function shareAll(means) {
    /** @type {Run} */
    const run = { shared: 0, left: [], stopped: false }
    for (let after = /** @type {string | null} */ (null); ; ) {
        const part = await means.client.unshared(after)
        for (const file of part.files) {
            if (means.signal.aborted) return { ...run, stopped: true }
            const message = await shareOne(file, means)
            if (message === null) run.shared += 1
            else run.left.push({ file, message })
            means.progress(run.shared + run.left.length)
        }
        after = part.next
        if (after === null) return run
    }
}

/**
 * @param {Unshared} file
 * @param {Means} means
 * @returns {Promise<string | null>} why it stays as it was; null when it was shared
 */
async function shareOne(file, { client, vault, keyset }) {
    const { role } = file
    const start = await client.start(file).catch(refusedFile)
    if (typeof start === "string") return start
    const { recipients, version } = keyset
    const header = await vault.share({ file: start, role, recipients }).catch(unopened)
    if (typeof header === "string") return header
    return client.keep(file, header, version).then(() => null, refusedFile)
}

/** @param {unknown} fault @returns {string} */
function refusedFile(fault) {
    if (fault instanceof PortalRefused && OF_THE_FILE.includes(fault.code)) return fault.message
    throw fault
}

const VAULT_GONE = ["vault-closed", "vault-failed"]

/** @param {any} fault  of the vault @returns {string} */
function unopened(fault) {
    if (typeof fault?.code !== "string" || VAULT_GONE.includes(fault.code)) throw fault
    return String(fault.message)
}
