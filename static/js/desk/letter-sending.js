/** A message on its way from the desk: sealed and signed in the vault, handed to the portal. */
import { seconds } from "../dates.js"
import { MessageUnanswered, PortalUnreachable } from "../errors.js"
import { formOf } from "../thread/thread-client.js"

/**
 * @typedef {import("../thread/answering.js").Turn} Turn
 * @typedef {import("../thread/composing.js").SealedMessage} SealedMessage
 * @typedef {Pick<import("../thread/body.js").Body, "kind" | "text" | "data">} Said
 * @typedef {SealedMessage & {sequence: number, keyset: number}} Ready
 *
 * @typedef {object} Letter
 * @property {string} report  its name
 * @property {Said} said
 * @property {{blob: Blob, name: string}[]} files
 * @property {string} recipient  the reporter's own age key
 */

/**
 * @param {Letter} letter
 * @param {Turn} turn
 * @param {import("./thread-reading.js").Means} means
 * @param {import("../sealing-job.js").Progress} [progress]
 * @returns {Promise<Ready>}
 * @throws {import("../errors.js").PorticoError} nothing may be sealed, or the vault cannot sign
 */
export async function sealLetter(letter, turn, { vault, keys }, progress) {
    const { report, said, files, recipient } = letter
    const keyset = await keys.current()
    const { sequence, previous } = turn
    const slot = { report, author: /** @type {const} */ ("staff"), sequence, previous }
    const sealed = await vault.sealMessage(
        {
            recipients: [...keyset.recipients, recipient],
            slot: { ...slot, keyset: keyset.version },
            said,
            files,
            now: seconds(),
        },
        progress,
    )
    return { ...sealed, sequence, keyset: keyset.version }
}

/**
 * @param {Ready} ready
 * @param {import("./case-client.js").CaseClient} client
 * @throws {import("../errors.js").PortalRefused} the portal said no
 * @throws {MessageUnanswered} it may have been kept
 */
export async function sendLetter({ sequence, keyset, envelopes }, client) {
    const form = formOf({ lookup: "", sequence, keyset, envelopes })
    form.delete("lookup") // a session stands for it here
    try {
        await client.write(form)
    } catch (fault) {
        if (fault instanceof PortalUnreachable) throw new MessageUnanswered(fault.message)
        throw fault
    }
}
