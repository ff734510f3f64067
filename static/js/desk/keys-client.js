/** What the desk asks about a program's keys, and what it hands in. */
import { toBase64 } from "../bytes.js"
import { ask, get, post } from "./api.js"

/**
 * @typedef {object} Holder  of a key
 * @property {string} name
 * @property {string} role
 * @property {string} recipient
 * @property {string} fingerprint  SHA-256 of the recipient, hex
 * @property {string | null} signing  fingerprint of the signing key
 *
 * @typedef {{code: string, message: string, hint: string}} Alarm
 * @typedef {{added: Holder[], retired: Holder[], altered: Holder[], receipt_key: string | null}} Changes
 *
 * @typedef {object} Version  of the keyset
 * @property {number} version
 * @property {string} published_at  ISO 8601
 * @property {string} expires
 * @property {number} reports  with a file whose newest header was made for it
 * @property {number} files
 * @property {boolean} covers  whether its people include everybody in the newest one
 * @property {string[]} lacking  names of those who are not in it
 * @property {Changes} changes
 *
 * @typedef {object} InForce
 * @property {number} version
 * @property {"hybrid" | "classic"} kind
 * @property {string} created
 * @property {string} expires
 * @property {boolean} expired
 * @property {string} fingerprint  of the root key
 * @property {string} sha256
 * @property {Holder[]} entries
 * @property {{kid: string, valid_from: string, valid_until: string}} receipt_key
 *
 * @typedef {object} Facts  about a program's keys, as the portal tells them
 * @property {string} program  slug
 * @property {string} name
 * @property {string} url  of the portal
 * @property {string} desk  address of the desk, which may have a host of its own
 * @property {string} role  of whoever asks
 * @property {InForce | null} keyset
 * @property {Alarm[]} alarms
 * @property {Version[]} versions  newest first
 * @property {{reports: number, files: number}} unshared
 *
 * @typedef {{report: string, role: string, keyset_version: number}} Unshared  a file of a report;
 *   with `memo-` and an id as its role, a note or tags
 */

const MEMO = "memo-"

/** Asks about one program. */
export class KeysClient {
    #path

    /** @param {string} program  slug */
    constructor(program) {
        this.program = program
        this.#path = `/staff/api/programs/${encodeURIComponent(program)}/keys`
    }

    /** @returns {Promise<Facts>} */
    async facts() {
        return /** @type {Facts} */ (await get(this.#path))
    }

    /**
     * @param {string | null} after  where the part before ended
     * @returns {Promise<{files: Unshared[], next: string | null}>}
     */
    async unshared(after) {
        const query = after === null ? "" : `?after=${encodeURIComponent(after)}`
        const found = await get(`${this.#path}/unshared${query}`)
        return /** @type {{files: Unshared[], next: string | null}} */ (found)
    }

    /**
     * @param {Unshared} file
     * @returns {Promise<Blob>} its header, and of its payload what sharing takes
     */
    async start(file) {
        const address = isMemo(file) ? memoOf(file) : `${headersOf(file)}?start=1`
        return (await ask(address)).blob()
    }

    /**
     * @param {Unshared} file
     * @param {Uint8Array} header  the new one
     * @param {number} keyset  version it was made for
     */
    async keep(file, header, keyset) {
        const address = isMemo(file) ? `${memoOf(file)}/header` : headersOf(file)
        await post(address, { header: toBase64(header), keyset })
    }
}

/** @param {Pick<Unshared, "role">} file */
export function isMemo({ role }) {
    return role.startsWith(MEMO)
}

/** @param {Unshared} file */
function headersOf({ report, role }) {
    return `/staff/api/reports/${encodeURIComponent(report)}/headers/${encodeURIComponent(role)}`
}

/** @param {Unshared} file */
function memoOf({ report, role }) {
    const id = encodeURIComponent(role.slice(MEMO.length))
    return `/staff/api/reports/${encodeURIComponent(report)}/memos/${id}`
}
