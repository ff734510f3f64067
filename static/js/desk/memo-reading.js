/** Opening the memos of a report, and saying who wrote each. */
import { fromBase64 } from "../bytes.js"
import { readMemo } from "./memo.js"
import { bytesIn } from "./thread-reading.js"

/**
 * @typedef {import("./case-client.js").KeptMemo} KeptMemo
 * @typedef {import("./thread-reading.js").Means} Means
 *
 * @typedef {object} OpenMemo
 * @property {KeptMemo} kept  as the portal lists it
 * @property {string} at  ISO 8601, by its author if it is signed
 * @property {Record<string, any>} content  empty when it did not open
 * @property {import("../keyset-entries.js").Member | null} signer  null when no colleague signed it
 */

/**
 * @param {string} report  its name
 * @param {KeptMemo[]} memos
 * @param {Means} means
 * @returns {Promise<OpenMemo[]>} in their order
 */
export async function openMemos(report, memos, means) {
    const keysets = await means.keys.versions(memos.map((one) => one.keyset_version))
    return Promise.all(memos.map((kept) => openMemo(report, kept, means, keysets)))
}

/**
 * @param {string} report
 * @param {KeptMemo} kept
 * @param {Means} means
 * @param {Map<number, import("../keyset.js").Keyset>} keysets
 * @returns {Promise<OpenMemo>}
 */
async function openMemo(report, kept, { vault }, keysets) {
    try {
        const { files } = await vault.open(new Blob([fromBase64(kept.sealed)]))
        const about = { report, kind: kept.kind }
        const { at, content, key } = readMemo(await bytesIn(files ?? []), about)
        const entries = keysets.get(kept.keyset_version)?.entries ?? []
        const signer = entries.find(({ signing }) => signing !== null && signing === key) ?? null
        return { kept, at: signer ? at : kept.at, content, signer }
    } catch {
        return { kept, at: kept.at, content: {}, signer: null }
    }
}
