/**
 * The guided form: the one script of the report page.
 *
 * It opens the form only after the worker has sealed and opened something here and the keyset has
 * been verified. Whatever fails before sending leaves the text where it is and sends nothing;
 * whatever fails afterwards leaves the token in sight.
 */
import { showAdvice } from "./advice-view.js"
import { ConductView } from "./conduct-view.js"
import { showDates } from "./dates-view.js"
import { deliver } from "./delivery.js"
import { byId } from "./dom.js"
import { parcelOf } from "./draft.js"
import { explained } from "./errors.js"
import { takeFiles } from "./file-drop.js"
import { FilesView } from "./files-view.js"
import { sealedAnswers } from "./form-kinds.js"
import { answersFrom, faultsIn } from "./form-validation.js"
import { FormView } from "./form-view.js"
import { keepGate, openGate } from "./gate-view.js"
import { KindView } from "./kind-view.js"
import { currentKeyset } from "./keyset-client.js"
import { OutcomeView } from "./outcome-view.js"
import { pageFacts } from "./page-facts.js"
import { judged } from "./receipt.js"
import { showRecap } from "./recap-view.js"
import { NO_TARGET } from "./report-document.js"
import { startSealer } from "./sealer.js"
import { SendView } from "./send-view.js"
import { showSteps } from "./steps-view.js"
import { TargetView } from "./target-view.js"

const BY_HAND = "Nothing was sent. Copy your text, reload the page, or seal it by hand, see below."
const KEEP_TOKEN = "Keep the token below: what you sent may have arrived. Copy your text too."

const root = byId("report", HTMLElement)
const page = pageFacts(root.dataset)
const form = new FormView(root)
const kinds = new KindView(root, form, changed)
const conduct = new ConductView(root)
const target = new TargetView(page, changed)
const files = new FilesView(page, changed)
const sending = new SendView(() => void guarded(send))
const outcome = new OutcomeView()
const reply = byId("reply", HTMLInputElement)

/** @type {import("./sealer.js").Sealer | null} */
let sealer = null
/** @type {import("./draft.js").Parcel | null} sealed, and perhaps already on its way */
let parcel = null
/** @type {import("./keyset.js").Keyset | null} what the parcel was sealed to */
let sealedTo = null
let opened = false // people may type
let started = false // something was typed
let broken = false // something unforeseen happened

void guarded(open)
takeFiles(root, (dropped) => files.open && files.add(dropped))
root.addEventListener("input", () => changed())
root.addEventListener("change", () => changed())
addEventListener("beforeunload", (event) => {
    if (started && !outcome.safe) event.preventDefault()
})
addEventListener("error", ({ error }) => fail(error))
addEventListener("unhandledrejection", ({ reason }) => fail(reason))

/** Prove that sealing works here, then let people type. */
async function open() {
    try {
        sealer = await startSealer()
        files.recipients = (await currentKeyset(page, seconds())).recipients.length + 1
    } catch (error) {
        return keepGate(explained(error, hint()))
    }
    opened = true
    target.unlock()
    form.unlock()
    sending.rest()
    openGate()
    recap()
    void showDates(page)
}

/** The draft is another one now: what was sealed before no longer stands for it. */
function changed() {
    started = true
    parcel = null
    sending.stop(stop())
    showAdvice(form.values, reply.checked)
    recap()
}

/** Check, seal, send; a failure at any step leaves the draft as it is. */
async function send() {
    if (!opened) return
    await Promise.all([target.settled(), files.settled()])
    sending.stop(stop())
    if (stop() !== null || faults().length > 0) return
    form.lock()
    let sealed, answer
    try {
        sealed = parcel ??= await seal()
        sending.work("Sending")
        const sent = deliver(page.reportAddress, sealed.delivery, advance)
        answer = await outcome.watch(sealed.token, sent)
    } catch (error) {
        form.unlock()
        if (outcome.open) sending.doubt()
        if (!broken) sending.fail(explained(error, hint()))
        return
    }
    keep(sealed, answer)
}

/** @returns {import("./form-validation.js").Fault[]} also shown, beside the fields and in a list */
function faults() {
    form.show(found())
    conduct.show()
    return found()
}

/** @returns {import("./form-validation.js").Fault[]} in the order of the form */
function found() {
    const written = faultsIn(form.specs, form.values)
    if (kinds.kind === "question") return written
    if (kinds.kind === "quick") return [...target.faults, ...written]
    return [...target.faults, ...written, ...files.faults, ...conduct.faults]
}

/** @returns {Promise<import("./draft.js").Parcel>} the draft, sealed to the keys as they are now */
async function seal() {
    sending.work("Sealing")
    sealedTo = await currentKeyset(page, seconds())
    const circumstances = { page, keyset: sealedTo, now: seconds() }
    try {
        sealer ??= await startSealer()
        const worker = sealer
        return await parcelOf(draft(), circumstances, (job) => worker.seal(job, advance))
    } catch (error) {
        sealer?.stop() // a worker that failed is not asked again
        sealer = null
        throw error
    }
}

/** @param {number} done @param {number} total  in bytes */
function advance(done, total) {
    sending.advance(done, total)
}

/** @returns {string | null} why this cannot be sent here; a question is about no target */
function stop() {
    return kinds.kind === "question" ? null : target.stop
}

/** @returns {import("./draft.js").Draft} what is shown: what another kind asks for stays here */
function draft() {
    const { kind, flags } = kinds
    const full = kind === "report"
    return {
        kind,
        flags,
        target: kind === "question" ? NO_TARGET : target.answer,
        fields: sealedAnswers(answersFrom(form.specs, form.values)),
        conduct: full ? conduct.answer : { attested: [], used: [] },
        files: full ? files.files.map(({ blob, name }) => ({ blob, name })) : [],
        reply: reply.checked || !full, // without a copy, nothing could follow by token
        words: { program: page.programName, sections: form.sections, clauses: conduct.clauses },
    }
}

/**
 * @param {import("./draft.js").Parcel} sealed
 * @param {import("./delivery.js").Kept} answer
 */
function keep({ token, delivery }, answer) {
    outcome.keep(token, () => {
        const { receiptKey: key } = /** @type {import("./keyset.js").Keyset} */ (sealedTo)
        const proof = judged(answer, { ...delivery, key, program: page.program })
        const { programName: program, zone } = page
        return { token, receipt: answer.receipt, ...proof, program, zone }
    })
}

/** Show where one stands: what is still missing, and what would be sent. */
function recap() {
    showSteps(found())
    const { kind, flags, files: sent, reply: copied, target: about } = draft()
    showRecap({
        kind,
        flags,
        target: about,
        specs: form.specs,
        values: form.values,
        sizes: sent.map(({ blob }) => blob.size),
        reply: copied,
    })
}

/** Run a step so that nothing it throws goes unnoticed. @param {() => Promise<void>} step */
async function guarded(step) {
    try {
        if (!broken) await step()
    } catch (error) {
        fail(error)
    }
}

/** @param {unknown} error  nobody foresaw; nothing leaves this page any more */
function fail(error) {
    if (outcome.kept) return outcome.rescue(error)
    broken = true
    const message = `This page ran into a mistake of its own: ${explained(error, hint()).message}`
    if (!opened) return keepGate({ message, hint: BY_HAND })
    outcome.interrupt()
    if (outcome.open) sending.doubt()
    form.unlock() // what was typed can still be read and copied
    sending.close({ message, hint: hint() })
}

/** @returns {string} what to do when the page itself failed */
function hint() {
    return outcome.open ? KEEP_TOKEN : BY_HAND
}

/** @returns {number} now, in seconds since 1970: the one look at the clock */
function seconds() {
    return Math.floor(Date.now() / 1000)
}
