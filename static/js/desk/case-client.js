/** What the desk asks about one report, and what it tells. */
import { toBase64 } from "../bytes.js"
import { PortalUnreachable } from "../errors.js"
import { ask, get, post, remove, send } from "./api.js"

/**
 * @typedef {{id: string | null, name: string}} Person  without an id: the reporter, or the portal
 * @typedef {{number: number, name: string, label: string, at: string, actor: Person,
 *     data: Record<string, any>, codes: Record<string, string>, hint: boolean}} Happened
 * @typedef {{verb: string, name: string, label: string, group: string, needs: string[],
 *     takes: string[], choices: Record<string, {code: string, words: string}[]>, private: boolean,
 *     two_people: boolean, reasons?: import("./reasons.js").Reasons | null}} Action
 * @typedef {{id: string, event: string, verb: string, label: string, data: Record<string, any>,
 *     codes: Record<string, string>, asked_by: Person, asked_at: string,
 *     decided_by: Person | null, decided_at: string | null, granted: boolean | null,
 *     reason: string | null}} Approval
 * @typedef {{id: string | null, received_at: string}} Link  no id: in a program that is not theirs
 * @typedef {{role: string, length: number, payload_sha256: string, header_sha256: string,
 *     header_version: number, original_header_sha256: string, keyset_version: number}} Envelope
 * @typedef {{id: string | null, side: string | null, pattern: string | null,
 *     note: string | null}} Rule
 * @typedef {{ruling: string, ruling_label: string, rule: Rule | null, code: string,
 *     policy_version: number}} Verdict
 * @typedef {{kind: string, text: string, factors: {id: string, text: string}[],
 *     eligible: string | null, answer: string | null, weighed: Record<string, string>}} Reward
 *
 * @typedef {object} Case  all that the portal knows of a report
 * @property {string} id
 * @property {string} program  slug
 * @property {string} program_name
 * @property {string} kind
 * @property {string} kind_label
 * @property {boolean} exposed  as its reporter ticked it, like the next
 * @property {boolean} exploited
 * @property {string} origin  how it came
 * @property {string} received_at  ISO 8601
 * @property {string | null} kept_at  when the portal got it, ISO 8601: a mail is entered later
 * @property {number} policy_version
 * @property {number} keyset_version  that it was sealed to at first
 * @property {string} receipt  the signed one that the reporter has
 * @property {string} zone  IANA name
 * @property {string} state
 * @property {string} state_label
 * @property {string | null} due_at  ISO 8601: the earliest promise of staff that is open
 * @property {boolean} ended
 * @property {number} activity
 * @property {boolean} quiet
 * @property {{id: string, name: string} | null} assigned
 * @property {Verdict | null} verdict
 * @property {Happened[]} events
 * @property {Action[]} actions  that staff may record now
 * @property {import("../timeline.js").Deadline[]} deadlines
 * @property {import("../standing.js").Outlook} publication
 * @property {import("../standing.js").Outlook & {statement: string | null}} data  that the reporter
 *     holds
 * @property {{page: boolean, name: string | null}} thanks  whether the program has a page of thanks
 *     that names people, and the name that stands there
 * @property {Reward | null} reward  null when the policy does not say
 * @property {boolean} exposure  as the reporter ticked or staff noted
 * @property {import("./legal-view.js").Duty[]} legal
 * @property {{received: string, opened: string | null, aware: string | null}} moments
 * @property {boolean} unopened  for longer than it should be
 * @property {Envelope[]} envelopes
 * @property {number} messages
 * @property {Approval[]} approvals
 * @property {Link | null} duplicate_of
 * @property {Link[]} duplicates
 * @property {{version: number} | null} keyset  in force
 * @property {string} role  of whoever asks: reader, handler or admin
 * @property {number} limit  bytes of one delivery
 *
 * @typedef {{id: string, kind: import("./memo.js").Kind, at: string, author: Person, mine: boolean,
 *     keyset_version: number, sealed: string}} KeptMemo  `sealed` in base64
 */

/** Asks and tells about one report. */
export class CaseClient {
    #path

    /** @param {string} report */
    constructor(report) {
        this.report = report
        this.#path = `/staff/api/reports/${encodeURIComponent(report)}`
    }

    /** @returns {Promise<Case>} */
    async case() {
        return /** @type {Case} */ (await get(this.#path))
    }

    /**
     * Fetch an age file piece by piece.
     * @param {string} role
     * @param {import("../sealing-job.js").Progress} [progress]
     * @returns {Promise<Blob>}
     */
    async envelope(role, progress) {
        const answer = await ask(`${this.#path}/envelopes/${role}`)
        return collected(answer, progress)
    }

    /** Say that it was opened. */
    async opened() {
        await post(`${this.#path}/opened`)
    }

    /**
     * @param {string} name
     * @param {Record<string, any>} data
     * @param {import("./reasons.js").Given} [given]
     */
    record(name, data, given = {}) {
        return post(`${this.#path}/events`, { name, data, ...given })
    }

    /**
     * @param {string} approval
     * @param {boolean} granted
     * @param {import("./reasons.js").Given} [given]
     */
    decide(approval, granted, given = {}) {
        return post(`${this.#path}/approvals/${approval}`, { granted, ...given })
    }

    /** Delete it for good. */
    async delete() {
        await post(`${this.#path}/delete`)
    }

    /** @param {string} name  that stands on the page of thanks from now on */
    async thank(name) {
        await post(`${this.#path}/thanks`, { name })
    }

    async unthank() {
        await remove(`${this.#path}/thanks`)
    }

    /** @returns {Promise<Record<string, any>>} */
    messages() {
        return get(`${this.#path}/messages`)
    }

    /** @param {FormData} form */
    async write(form) {
        await send(`${this.#path}/messages`, form)
    }

    /** @param {string | null} [before]  id of a note: older ones */
    async memos(before) {
        const found = await get(`${this.#path}/memos${before ? `?before=${before}` : ""}`)
        return /** @type {{memos: KeptMemo[], next: string | null}} */ (found)
    }

    /**
     * @param {import("./memo.js").Kind} kind
     * @param {Blob} sealed
     * @param {number} keyset  version
     */
    async keepMemo(kind, sealed, keyset) {
        const bytes = new Uint8Array(await sealed.arrayBuffer())
        await post(`${this.#path}/memos`, { kind, sealed: toBase64(bytes), keyset })
    }

    async dropDraft() {
        await remove(`${this.#path}/memos/draft`)
    }
}

/**
 * @param {Response} answer
 * @param {import("../sealing-job.js").Progress} [progress]
 */
async function collected(answer, progress = () => undefined) {
    const total = Number(answer.headers.get("Content-Length") ?? 0)
    /** @type {BlobPart[]} */
    const parts = []
    let done = 0
    const reader = /** @type {ReadableStream<Uint8Array<ArrayBuffer>>} */ (answer.body).getReader()
    try {
        for (let next = await reader.read(); !next.done; next = await reader.read()) {
            parts.push(next.value)
            progress((done += next.value.length), total)
        }
    } catch {
        throw new PortalUnreachable("The line broke while the file was coming.")
    }
    return new Blob(parts)
}
