/** The audit page: entries, filters, and a proof to keep. */
import { byId } from "../dom.js"
import { fetchBlob, get, me } from "./api.js"
import { line } from "./audit-entry.js"
import { address, fromAddress, fromForm, offer, question, show } from "./audit-filters.js"
import { chosenReason, offerReasons } from "./reasons.js"
import { save } from "./saving.js"
import { calm, trouble } from "./trouble.js"

const form = byId("filters", HTMLFormElement)
const list = byId("entries", HTMLOListElement)
const more = byId("more", HTMLButtonElement)
const waiting = byId("waiting", HTMLElement)
const nothing = byId("nothing", HTMLElement)
const kept = byId("kept", HTMLElement)
const taking = byId("take-entries", HTMLButtonElement)
const reason = byId("take-reason", HTMLSelectElement)

let filters = fromAddress(location.search)
/** @type {number | null} */
let after = null

form.addEventListener("submit", (event) => {
    event.preventDefault()
    void change(fromForm(form))
})
form.addEventListener("reset", () => void change({}))
more.addEventListener("click", () => void attempt(older))
byId("take-head", HTMLButtonElement).addEventListener("click", () => void attempt(takeHead))
taking.addEventListener("click", () => void attempt(takeEntries))
addEventListener("popstate", () => void begin())

await attempt(async () => {
    taking.hidden = Object.values((await me()).roles).every((role) => role === "reader")
    if (!taking.hidden) await offerReasons(reason, "audit-export")
    offer(form, await get("/staff/api/audit/choices"))
})
await begin()

/** @param {import("./audit-filters.js").Filters} wanted */
async function change(wanted) {
    history.pushState(null, "", address(wanted))
    await begin()
}

async function begin() {
    filters = fromAddress(location.search)
    after = null
    list.replaceChildren()
    nothing.hidden = true
    waiting.hidden = false
    await attempt(older)
    waiting.hidden = true
    show(form, filters, nameOf(filters.actor))
}

async function older() {
    const { entries, next } = await get(question(filters, after))
    list.append(...entries.map(line))
    after = next
    byId("more-row", HTMLElement).hidden = next === null
    nothing.hidden = list.childElementCount > 0
    byId("said", HTMLElement).textContent = `${list.childElementCount} entries shown.`
}

/** @param {string | undefined} actor */
function nameOf(actor) {
    const shown = actor === undefined ? null : list.querySelector(".actor")
    return shown?.textContent ?? undefined
}

async function takeHead() {
    const { head, sequence } = await get("/staff/api/audit/head")
    save(new Blob([`${head}\n`]), `audit-head-${sequence}.jws`)
    kept.textContent = `Saved: the head at entry ${sequence}. Keep it on another machine.`
}

async function takeEntries() {
    const asked = { ...filters, ...chosenReason(reason) }
    save(await fetchBlob("/staff/api/audit/export", asked), "audit.jsonl")
    reason.value = ""
    kept.textContent = "Saved: the entries that fit the filters, with a signed head."
}

/** @param {() => Promise<unknown>} work */
async function attempt(work) {
    calm()
    try {
        await work()
    } catch (fault) {
        trouble(fault)
    }
}
