/** Where staff write to a reporter: sealed and signed in the vault; what fails keeps the text. */
import { AnswerView } from "../answer-view.js"
import { byId } from "../dom.js"
import { MessageUnanswered, PorticoError } from "../errors.js"
import { FilesView } from "../files-view.js"
import { answer } from "../thread/answering.js"
import { Drafts } from "./drafts.js"
import { sealLetter, sendLetter } from "./letter-sending.js"
import { MAIL, NO_TOKEN } from "./mail-words.js"
import { ReporterKey } from "./reporter-key.js"

/**
 * @typedef {import("./letter-sending.js").Said} Said
 * @typedef {import("./thread-reading.js").Means} Means
 * @typedef {import("./thread-reading.js").Entry} Entry
 * @typedef {import("./case-client.js").Case} Case
 *
 * @typedef {object} Conversation  about the report that is open
 * @property {Case} shown
 * @property {Means} means
 * @property {import("./opened-report.js").OpenedReport} opened
 * @property {() => Entry[]} thread  as it was read last
 * @property {() => Promise<Entry[]>} reload
 * @property {(key: string) => Promise<void>} keepKey  notes the reporter's own key for next time
 */

const NO_READER =
    "The reporter left no key, so they could not read an answer. If their text names one, paste " +
    "it below."
const NO_SIGNATURE = "Your identity file holds no signing key, so you can read and not answer."
const UNFORESEEN = "Something went wrong in this page."
const NOTHING = { message: "There is nothing to send yet." }
const NO_ROLE = "You can read in this program. To write takes the role of handler."

export class Writing {
    #root = byId("write", HTMLElement)
    #answer = new AnswerView(() => void this.#write())
    #key = new ReporterKey(() => this.#gate())
    /** @type {FilesView | null} */
    #files = null
    #drafts
    /** @type {Conversation | null} */
    #open = null
    #refusal = ""
    /** @type {{link: string, said: string} | null} sent, and perhaps kept */
    #unsure = null

    #changed

    /**
     * @param {string} report  its name
     * @param {() => void} changed  what follows once it is known whether staff can write here
     */
    constructor(report, changed) {
        this.#drafts = new Drafts(report)
        this.#changed = changed
    }

    /** @returns {boolean} whether a message can be sealed and signed here */
    get able() {
        return this.#open !== null && !this.#refusal && Boolean(this.#key.recipient)
    }

    /** @returns {boolean} whether something was written that nobody has */
    get unsent() {
        return this.#drafts.unkept || (this.#files?.files.length ?? 0) > 0
    }

    /** @param {Conversation} open @param {string} draft */
    async open(open, draft) {
        this.#open = open
        this.#root.hidden = false
        this.#files ??= new FilesView({ limit: open.shown.limit }, () => undefined)
        this.#refusal = await this.#refused(open).catch((fault) => sentence(fault))
        this.#gate()
        this.#drafts.start(open.means, draft)
    }

    /** Keep the draft now. */
    async keep() {
        await this.#drafts.save()
    }

    /** The vault is locked. */
    close() {
        this.#open = null
        this.#root.hidden = true
        this.#drafts.stop()
        this.#key.clear()
    }

    /** @param {Conversation} open @returns {Promise<string>} why nobody can write here; or empty */
    async #refused({ shown, means, opened }) {
        if (shown.origin === MAIL) return NO_TOKEN
        if (shown.role === "reader") return NO_ROLE
        const keyset = await means.keys.current()
        if (this.#files) this.#files.recipients = keyset.recipients.length + 1
        this.#key.start(opened.recipient, keyset.kind)
        const signing = means.vault.card?.signing
        if (!signing) return NO_SIGNATURE
        if (keyset.entries.some((entry) => entry.signing === signing)) return ""
        const version = `the keyset in force (version ${keyset.version})`
        const reason = `Your signing key is not in ${version}, so an answer would count as forged.`
        return `${reason} Ask whoever keeps the keyset.`
    }

    #gate() {
        const reason = this.#refusal || (this.#key.recipient ? "" : NO_READER)
        if (reason) this.#answer.shut(reason)
        else this.#answer.open()
        this.#changed()
    }

    async #write() {
        const files = this.#files
        if (!files) return
        await files.settled()
        const [fault] = files.faults
        const text = this.#answer.text
        if (fault) return this.#answer.fail({ message: fault.message })
        if (!text.trim() && !files.files.length) return this.#answer.fail(NOTHING)
        const added = files.files.map(({ blob, name }) => ({ blob, name }))
        if (!(await this.#send({ kind: "message", text, data: {} }, added))) return
        files.clear()
        this.#answer.clear("Sent. The reporter can read it, and so can your colleagues, above.")
        await this.#drafts.drop().catch(() => undefined) // it is replaced by the next one
    }

    /**
     * Send a message that binds the program: what stands in the field is left as it is.
     * @param {Said} said
     * @returns {Promise<boolean>} whether the portal has it
     */
    async say(said) {
        const sent = await this.#send(said, [])
        if (sent) this.#answer.rest("It is signed and sent.")
        return sent
    }

    /**
     * Seal, sign and send; the text stays until it is known to be kept.
     * @param {Said} said
     * @param {{blob: Blob, name: string}[]} files
     * @returns {Promise<boolean>} whether the portal has it
     */
    async #send(said, files) {
        const [open, recipient] = [this.#open, this.#key.recipient]
        if (!open || !recipient) return false
        const same = JSON.stringify([said, files.map(({ name, blob }) => [name, blob.size])])
        const letter = { report: open.shown.id, said, files, recipient }
        this.#answer.work("Sealing")
        try {
            await this.#drafts.save()
            if (await this.#arrived(open, same)) return true
            await answer(open.thread(), open.opened.start, this.#means(open, letter, same))
            await open.reload()
            await this.#keepKey(open, recipient)
            return true
        } catch (fault) {
            this.#failed(fault)
            return false
        }
    }

    /** @param {Conversation} open @param {string} recipient  that the reporter reads with */
    async #keepKey({ opened, keepKey }, recipient) {
        if (opened.recipient === recipient) return
        opened.recipient = recipient
        await keepKey(recipient).catch(() => undefined) // the message is sent; it is pasted again
    }

    /**
     * See whether what was sent without an answer has arrived all the same.
     * @param {Conversation} open
     * @param {string} same  the message as it stands now
     */
    async #arrived(open, same) {
        const unsure = this.#unsure
        if (!unsure) return false
        this.#answer.work("Looking whether it has arrived")
        const kept = (await open.reload()).some(({ link }) => link === unsure.link)
        this.#unsure = null
        return kept && unsure.said === same
    }

    /**
     * @param {Conversation} open
     * @param {import("./letter-sending.js").Letter} letter
     * @param {string} same
     * @returns {import("../thread/answering.js").Means}
     */
    #means({ means, reload }, letter, same) {
        /** @type {import("../sealing-job.js").Progress} */
        const advance = (done, total) => this.#answer.advance(done, total)
        return {
            seal: (turn) => sealLetter(letter, turn, means, advance),
            send: async (ready) => {
                this.#answer.work("Sending")
                this.#unsure = { link: ready.link, said: same }
                await sendLetter(ready, means.client)
                this.#unsure = null
            },
            reload,
        }
    }

    /** @param {unknown} fault */
    #failed(fault) {
        if (!(fault instanceof MessageUnanswered)) this.#unsure = null
        const said = fault instanceof PorticoError ? fault : { message: sentence(fault) }
        this.#answer.fail(said)
        if (!(fault instanceof PorticoError)) console.error(fault)
    }
}

/** @param {unknown} fault */
function sentence(fault) {
    return fault instanceof PorticoError ? `${fault.message} ${fault.hint}` : UNFORESEEN
}
