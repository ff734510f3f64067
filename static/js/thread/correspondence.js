/**
 * One reporter's side of one thread: read and judged here, written, signed and sent from here.
 *
 * Knows nothing of the page. What is sent counts as unsure until the portal has said that it is
 * kept, or the thread shows it.
 */
import { identityToRecipient } from "../../vendor/age.js"
import { seconds } from "../dates.js"
import { ArchiveRefused, MessageUnanswered, SealingRefused } from "../errors.js"
import { currentKeyset } from "../keyset-client.js"
import { openPlain } from "../opening.js"
import { jsonObject } from "../portal-error.js"
import { startSealer } from "../sealer.js"
import { asked, fetchEnvelope } from "../status-client.js"
import { unarchive } from "../unarchive.js"
import { answer } from "./answering.js"
import { keysetsOf } from "./keysets.js"
import { ThreadMemory } from "./memory.js"
import { readThread } from "./reading.js"
import { askThread, sendLetter } from "./thread-client.js"

/**
 * @typedef {import("./reading.js").Entry} Entry
 * @typedef {import("./own-copy.js").OwnCopy} OwnCopy
 * @typedef {import("./answering.js").Turn} Turn
 * @typedef {import("../unarchive.js").Unpacked} Unpacked
 *
 * @typedef {object} Followed  a report that is being followed
 * @property {import("../standing.js").Status} status
 * @property {import("../token.js").Token} token
 * @property {string} address  of the status page
 *
 * @typedef {object} Writing  what somebody wants to say
 * @property {Pick<import("./body.js").Body, "kind" | "text" | "data">} said
 * @property {{blob: Blob, name: string}[]} files
 *
 * @typedef {object} Watch  whoever follows the work
 * @property {(step: string) => void} work
 * @property {import("../sealing-job.js").Progress} advance
 * @property {() => void} read  the thread was read anew
 */

/** @type {Record<string, string>} where the visible hint of a kind of message is recorded */
const HINTS = { withdrawal: "withdraw", deletion: "delete" }
const memory = new ThreadMemory()

export class Correspondence {
    #followed
    #own
    #watch
    /** @type {Entry[]} */
    thread = []
    /** Whether messages that were here before are gone. */
    lost = false
    /** @type {import("../sealer.js").Sealer | null} */
    #sealer = null
    /** @type {{link: string, same: string} | null} sent, and perhaps kept */
    #unsure = null

    /** @param {Followed} followed @param {OwnCopy} own @param {Watch} watch */
    constructor(followed, own, watch) {
        this.#followed = followed
        this.#own = own
        this.#watch = watch
    }

    /**
     * Fetch, open and judge the thread.
     * @returns {Promise<Entry[]>}
     * @throws {import("../errors.js").PorticoError} something did not arrive; nothing is concluded
     */
    async read() {
        const { status, token, address } = this.#followed
        const listing = await askThread(address, token.lookup)
        const known = { report: status.report, listing, own: this.#own, token }
        this.thread = await readThread(known, {
            envelope: (role) => fetchEnvelope(address, token.lookup, role),
            keysets: (versions, root) => keysetsOf(versions, this.#place(root)),
        })
        this.lost = memory.lost(status.report, this.thread)
        this.#watch.read()
        return this.thread
    }

    /**
     * Prove that sealing works here.
     * @returns {Promise<number>} how many keys a message is sealed to
     * @throws {import("../errors.js").PorticoError} nobody can write here
     */
    async prepare() {
        const { recipients } = await this.#keyset()
        this.#sealer ??= await startSealer()
        return recipients.length + 1
    }

    /**
     * Seal, sign and send, and make sure that it is kept.
     * @param {Writing} writing
     * @throws {import("../errors.js").PorticoError} it is not, or nobody knows
     */
    async send(writing) {
        const sizes = writing.files.map(({ name, blob }) => [name, blob.size])
        const same = JSON.stringify([writing.said, sizes])
        if (await this.#arrived(same)) return
        const { status } = this.#followed
        const newest = await answer(this.thread, this.#own.start, {
            seal: (turn) => this.#seal(turn, writing),
            send: (sealed) => this.#deliver(sealed, same),
            reload: () => this.read(),
        })
        this.#unsure = null
        memory.sent(status.report, newest)
    }

    /**
     * Have what a signed message says shown in the report's timeline.
     * @param {string} kind
     * @returns {Promise<boolean>} whether the report is gone now: nobody had opened it
     */
    async hint(kind) {
        const { token, address } = this.#followed
        if (!HINTS[kind]) return false
        const told = await asked(`${address}/${HINTS[kind]}`, { lookup: token.lookup })
        return jsonObject(await told.text()).deleted === true
    }

    /**
     * @param {Entry} entry
     * @returns {Promise<Unpacked[]>} the files of a message, the very ones that were signed
     * @throws {ArchiveRefused} they are others
     */
    async filesOf({ place, body }) {
        const { token } = this.#followed
        const plain = await openPlain(await this.#fetched(place, "-files"), token)
        if (plain.sha256 === body?.files?.sha256) return unarchive(plain.bytes)
        throw new ArchiveRefused("its files are not those that were signed")
    }

    /** @param {Entry} entry @returns {Promise<Unpacked>} a message as it was sealed */
    async sealedOf({ place }) {
        const bytes = new Uint8Array(await (await this.#fetched(place, "")).arrayBuffer())
        return { name: `${this.#followed.status.report}-message-${place.sequence}.age`, bytes }
    }

    /** @param {Entry["place"]} place @param {"" | "-files"} part */
    async #fetched({ sequence }, part) {
        const { token, address } = this.#followed
        return fetchEnvelope(address, token.lookup, `message-${sequence}${part}`)
    }

    /**
     * See whether what was sent without an answer has arrived all the same.
     * @param {string} same  the message as it stands now
     */
    async #arrived(same) {
        const unsure = this.#unsure
        if (!unsure) return false
        this.#watch.work("Looking whether it has arrived")
        const kept = (await this.read()).some(({ link }) => link === unsure.link)
        this.#unsure = null
        return kept && unsure.same === same
    }

    /** @param {import("./answering.js").Ready} sealed @param {string} same */
    async #deliver({ sequence, keyset, envelopes, link }, same) {
        const { token, address } = this.#followed
        this.#watch.work("Sending")
        this.#unsure = { link, same }
        const letter = { lookup: token.lookup, sequence, keyset, envelopes }
        try {
            await sendLetter(address, letter, this.#watch.advance)
        } catch (error) {
            if (!(error instanceof MessageUnanswered)) this.#unsure = null
            throw error
        }
    }

    /** @param {Turn} turn @param {Writing} writing */
    async #seal(turn, { said, files }) {
        const { status, token } = this.#followed
        this.#watch.work("Sealing")
        const keyset = await this.#keyset()
        const kind = keyset.kind === "hybrid" ? "mlkem768x25519" : "x25519"
        const own = await identityToRecipient(token.replyIdentity(kind))
        /** @type {import("./composing.js").MessageJob["slot"]} */
        const slot = { report: status.report, author: "reporter", ...turn, keyset: keyset.version }
        const recipients = [...keyset.recipients, own]
        const job = { recipients, slot, said, files, now: seconds() }
        const sealed = await this.#working((sealer) =>
            sealer.sealMessage(job, token.signingSeed, this.#watch.advance),
        )
        return { ...sealed, sequence: turn.sequence, keyset: keyset.version }
    }

    /**
     * @template Result
     * @param {(sealer: import("../sealer.js").Sealer) => Promise<Result>} order
     * @returns {Promise<Result>}
     */
    async #working(order) {
        try {
            this.#sealer ??= await startSealer()
            return await order(this.#sealer)
        } catch (error) {
            this.#sealer?.stop() // a worker that failed is not asked again
            this.#sealer = null
            throw error
        }
    }

    /** The keys in force, under the pinned root and not older than any that the thread names. */
    async #keyset() {
        const { pin } = this.#own
        if (!pin) throw new SealingRefused(this.#own.doubt)
        const named = this.thread.flatMap(({ verdict, message }) =>
            verdict === "good" && message ? [message.heading.keyset] : [],
        )
        const newest = Math.max(pin.sealedTo, ...named)
        return currentKeyset({ ...this.#place(pin.root), newest }, seconds())
    }

    /** @param {string} root */
    #place(root) {
        const { program } = this.#followed.status
        return { program, root, keysetAddress: `/${encodeURIComponent(program)}/keyset.jws` }
    }
}
