/**
 * The page on which a report that came by mail is entered: sealed here, then kept.
 *
 * It opens only after the worker has sealed and opened something and the keyset was verified.
 * Whatever fails leaves the text where it is; what may have been kept is sent again as it was.
 */
import { byId } from "../dom.js"
import { PortalUnreachable, PorticoError, explained } from "../errors.js"
import { takeFiles } from "../file-drop.js"
import { FilesView } from "../files-view.js"
import { answersFrom, faultsIn } from "../form-validation.js"
import { FormView } from "../form-view.js"
import { keepGate, openGate } from "../gate-view.js"
import { judged } from "../receipt.js"
import { startSealer } from "../sealer.js"
import { SendView } from "../send-view.js"
import { showEntered } from "./entered-view.js"
import { enter, facts } from "./entering-client.js"
import { offerPrograms, offerZones, sayKeys, sayMoment, sayWhere } from "./entering-view.js"
import { jobOf } from "./mail-report.js"
import { pinnedRoot } from "./pinned-root.js"
import { Keys } from "./program-keys.js"
import { momentOf } from "./received-moment.js"
import "../copy.js"

const BY_HAND = "Nothing was sent. Copy your text, and load the page again."
const LOOK_FIRST = "An earlier try may have been kept: look into the queue first."
const SLUG = 3 // where the program stands in the address

const page = byId("page", HTMLElement)
const root = byId("report", HTMLElement)
const program = decodeURIComponent(location.pathname.split("/")[SLUG] ?? "")
const keys = new Keys(program, pinnedRoot(page.dataset.roots, program))
const form = new FormView(root)
const sending = new SendView(() => void guarded(send))

/** @type {import("./entering-client.js").Facts | null} */
let known = null
/** @type {FilesView | null} */
let files = null
/** @type {import("../sealer.js").Sealer | null} */
let sealer = null
/** @type {import("./entering-client.js").Parcel | null} sealed, and perhaps already kept */
let parcel = null
/** @type {import("./entering-client.js").Parcel | null} that one, if it may be kept already */
let unsure = null
let started = false // something was typed that the portal does not have
let broken = false // something unforeseen happened

offerZones()
sayWhere()
takeFiles(root, (dropped) => files?.open && files.add(dropped))
root.addEventListener("input", changed)
root.addEventListener("change", changed)
addEventListener("beforeunload", (event) => {
    if (started) event.preventDefault()
})
addEventListener("error", ({ error }) => fail(error))
addEventListener("unhandledrejection", ({ reason }) => fail(reason))
await guarded(open)

/** Prove that sealing works here and that the keys can be relied on, then let people type. */
async function open() {
    try {
        known = await facts(program)
        byId("program-name", HTMLElement).textContent = known.name
        sealer = await startSealer()
        const keyset = await keys.current()
        files = new FilesView({ limit: known.limit }, changed)
        files.recipients = keyset.recipients.length
        sayKeys(keyset, keys.lasting)
    } catch (error) {
        return keepGate(explained(error, BY_HAND))
    }
    form.unlock()
    sending.rest()
    openGate()
    started = false
    await offerPrograms(program)
}

/** The mail is another one now: what was sealed before no longer stands for it. */
function changed() {
    started = true
    parcel = null
    const { date, time } = form.values
    if (date && time) sayMoment(moment(), known?.zone ?? "UTC")
    const summary = byId("faults", HTMLElement)
    if (!summary.hidden) summary.hidden = faults().length === 0
}

/** Check, seal, send; a failure at any step leaves everything as it is. */
async function send() {
    if (!files) return
    await files.settled()
    form.show(faults())
    if (faults().length > 0) return
    form.lock()
    try {
        parcel ??= await seal()
        sending.work("Sending")
        keep(parcel, await enter(program, parcel))
    } catch (error) {
        form.unlock()
        if (!broken) sending.fail(failed(error))
    }
}

/** @param {unknown} error  of sealing or sending @returns {{message: string, hint: string}} */
function failed(error) {
    const said = explained(error, BY_HAND)
    if (error instanceof PortalUnreachable) {
        unsure = parcel
        sending.doubt()
        return said
    }
    const outdated = error instanceof PorticoError && error.code === "keyset-outdated"
    const doubtful = parcel !== null && unsure === parcel
    // What may be kept is sent again as it is, so that it is kept once; all else is sealed anew.
    if (outdated || !doubtful) parcel = null
    return outdated && doubtful ? { ...said, hint: `${LOOK_FIRST} ${said.hint}` } : said
}

/** @returns {import("../form-validation.js").Fault[]} in the order of the form */
function faults() {
    const written = faultsIn(form.specs, form.values)
    const { fault } = moment()
    const dated = fault && !written.some(({ field }) => field === "date" || field === "time")
    const late = dated ? [{ field: "date", message: fault }] : []
    return [...late, ...written, ...(files?.faults ?? [])]
}

function moment() {
    const { date, time, zone } = form.values
    return momentOf({ date, time, zone }, Date.now())
}

/** @returns {Promise<import("./entering-client.js").Parcel>} */
async function seal() {
    sending.work("Sealing")
    const [keyset, now] = [await keys.current(), Math.floor(Date.now() / 1000)]
    const { moment: receivedAt } = moment()
    const { target = "", title = "", steps = "", contact_email = "" } = written()
    const mail = {
        receivedAt,
        target,
        fields: { title, steps, contact_email },
        files: (files?.files ?? []).map(({ blob, name }) => ({ blob, name })),
        flags: flags(),
    }
    const build = page.dataset.build ?? ""
    const circumstances = { program, programName: known?.name ?? program, build, keyset, now }
    try {
        sealer ??= await startSealer()
        const advance = (/** @type {number} */ done, /** @type {number} */ total) =>
            sending.advance(done, total)
        const envelopes = await sealer.seal(jobOf(mail, circumstances), advance)
        return { envelopes, receivedAt, keyset, flags: mail.flags }
    } catch (error) {
        sealer?.stop() // a worker that failed is not asked again
        sealer = null
        throw error
    }
}

/** @returns {Record<string, string>} what was filled in, by field id */
function written() {
    return answersFrom(form.specs, form.values)
}

function flags() {
    const ticked = (/** @type {string} */ id) => byId(id, HTMLInputElement).checked
    return { exposed: ticked("exposed"), exploited: ticked("exploited") }
}

/**
 * @param {import("./entering-client.js").Parcel} sealed
 * @param {import("../delivery.js").Kept} answer
 */
function keep({ envelopes, receivedAt, keyset, flags: ticked }, answer) {
    started = false
    const { report, receipt, claims } = answer
    const sent = { key: keyset.receiptKey, program, flags: ticked, envelopes }
    const { facts: said, doubt } = judged(answer, { kind: "report", ...sent })
    const zone = known?.zone ?? "UTC"
    const name = known?.name ?? program
    const portal = typeof claims.iss === "string" && /^https?:/.test(claims.iss) ? claims.iss : null
    const { deadlines } = said
    showEntered({ report, receipt, doubt, program: name, receivedAt, deadlines, zone, portal })
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
    if (!page.hidden) {
        broken = true
        const message = `This page ran into a mistake of its own: ${explained(error, BY_HAND).message}`
        if (!files) return keepGate({ message, hint: BY_HAND })
        form.unlock() // what was typed can still be read and copied
        sending.close({ message, hint: BY_HAND })
    }
}
