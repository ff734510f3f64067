/** Fetching an archive of files, opening it, and comparing it with what names it. */
import { ArchiveRefused } from "../errors.js"

/**
 * @typedef {import("../report-document.js").Attachments} Attachments
 * @typedef {import("../unpacking.js").Slice} Slice
 */

/**
 * @param {string} role  of the envelope
 * @param {Attachments} named  by the report or the signed message
 * @param {{client: import("./case-client.js").CaseClient, vault: import("./vault.js").Vault,
 *     told: (words: string) => void}} means
 * @returns {Promise<Slice[]>}
 * @throws {ArchiveRefused} it is another archive than the one that was named
 */
export async function fetchFiles(role, named, { client, vault, told }) {
    /** @param {string} step @returns {import("../sealing-job.js").Progress} */
    const telling = (step) => (done, total) => told(`${step}: ${percent(done, total)}`)
    const sealed = await client.envelope(role, telling("Fetching"))
    const opened = await vault.open(sealed, telling("Opening"))
    told("")
    if (opened.sha256 !== named.sha256 || opened.plain.size !== named.length) {
        throw new ArchiveRefused("these are not the files that the text names")
    }
    if (opened.files === null) throw new ArchiveRefused("it was not packed as Portico packs files")
    return opened.files
}

/**
 * Say how much is done, in tenths: those who hear it are not told more often.
 * @param {number} done
 * @param {number} total
 */
function percent(done, total) {
    return total > 0 ? `${Math.min(100, 10 * Math.floor((10 * done) / total))} %` : "…"
}
