/** The checker page: a ruling while one types, without leaving the page. */
import { seconds } from "./dates.js"
import { byId, refusal } from "./dom.js"
import { PorticoError, VerdictUnproven } from "./errors.js"
import { FactsView } from "./facts-view.js"
import { currentKeyset } from "./keyset-client.js"
import { checkTarget } from "./scope-client.js"
import { Prover } from "./scope-proof.js"
import { sentTarget } from "./sent-target.js"
import { spoken, verdictPanel } from "./verdict-panel.js"

/** @typedef {import("./scope-client.js").Checked} Checked */

const PAUSE = 500 // milliseconds of quiet before a target is sent

const form = byId("check", HTMLFormElement)
const target = byId("target", HTMLInputElement)
const result = byId("result", HTMLElement)
const sent = byId("target-sent", HTMLElement)
const said = byId("said", HTMLElement)
const onward = byId("onward", HTMLAnchorElement)
const usesPaths = form.dataset.usesPaths === "true"
const known = new FactsView(form, () => void check())
const prover = new Prover(() => currentKeyset(keysetPlace(), seconds()))

/** @type {Map<string, import("./scope-client.js").Question>} asked about this target so far */
const questions = new Map()
/** @type {Record<string, boolean>} */
let answers = {}
let running = new AbortController()
/** @type {ReturnType<typeof setTimeout> | undefined} */
let waiting

target.addEventListener("input", () => {
    forget()
    clearTimeout(waiting)
    waiting = setTimeout(check, PAUSE)
})
form.addEventListener("submit", (event) => {
    event.preventDefault()
    clearTimeout(waiting)
    void check()
})

/** Answers and facts belong to one target: another target starts afresh. */
function forget() {
    running.abort()
    questions.clear()
    answers = {}
    known.forget()
}

/** Ask for a ruling on what stands in the field, and show it. */
async function check() {
    running.abort()
    running = new AbortController()
    const { signal } = running
    if (target.value.trim() === "") return clear()
    try {
        const asked = { target: cut(target.value), answers, facts: known.facts }
        const checked = await proven(await checkTarget(form.action, asked, { signal }))
        if (!signal.aborted) show(checked)
    } catch (error) {
        if (signal.aborted) return
        if (!(error instanceof PorticoError)) throw error
        clear()
        result.replaceChildren(refusal(error))
        said.textContent = `${error.message} ${error.hint}`
    }
}

/**
 * Hold an answer against its signature. Without keys to do that, it is shown without the receipt,
 * which nobody here could vouch for.
 * @param {Checked} checked
 * @returns {Promise<Checked>}
 * @throws {VerdictUnproven}
 */
async function proven(checked) {
    try {
        return await prover.prove(checked)
    } catch (error) {
        if (error instanceof VerdictUnproven || !(error instanceof PorticoError)) throw error
        return { ...checked, receipt: null, nonce: null }
    }
}

/** The keyset stands beside the checker: `/program/scope` and `/program/keyset.jws`. */
function keysetPlace() {
    const address = new URL("keyset.jws", form.action)
    const program = decodeURIComponent(address.pathname.split("/").at(-2) ?? "")
    return { program, root: form.dataset.root ?? null, keysetAddress: address.href }
}

/**
 * Cut a target down to what the ruling needs, and say so when something stays here.
 * @param {string} text
 * @returns {string}
 */
function cut(text) {
    const asked = sentTarget(text, { usesPaths })
    sent.hidden = asked === text.trim()
    sent.textContent = `Only ${asked} is sent to be checked. The rest stays on this page.`
    return asked
}

/** @param {Checked} checked */
function show({ verdict, receipt, nonce }) {
    for (const question of verdict.questions) questions.set(question.id, question)
    const focused = document.activeElement?.getAttribute("data-answer")
    const panel = verdictPanel(verdict, {
        questions: [...questions.values()],
        answers,
        onAnswer(id, yes) {
            answers = { ...answers, [id]: yes }
            void check()
        },
    })
    result.replaceChildren(panel)
    known.ask(verdict.missing)
    onward.hidden = verdict.ruling === "invalid" || verdict.redirect !== null
    if (focused) refocus(focused)
    said.textContent = spoken(verdict, panel)
    showProof(receipt, nonce)
}

/**
 * Keep the keyboard where it was: the panel is new, the button in it is the same.
 * @param {string} answer
 */
function refocus(answer) {
    for (const button of result.querySelectorAll("button")) {
        if (button.dataset.answer === answer) button.focus()
    }
}

function clear() {
    sent.hidden = true
    onward.hidden = true
    said.textContent = ""
    result.replaceChildren()
    showProof(null, null)
}

/** @param {string | null} receipt @param {string | null} nonce */
function showProof(receipt, nonce) {
    byId("proof", HTMLElement).hidden = receipt === null
    byId("proof-receipt", HTMLElement).textContent = receipt
    byId("proof-code", HTMLElement).hidden = nonce === null
    byId("proof-nonce", HTMLElement).textContent = nonce
}
