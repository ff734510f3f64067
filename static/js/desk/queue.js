/** The page of the queue: what is due next first, for the programs of whoever is signed in. */
import { byId, element } from "../dom.js"
import { me } from "./api.js"
import { offerEntering } from "./entering-offer.js"
import { offerExport } from "./exporting.js"
import { Board } from "./queue-board.js"
import { ChangeDialog } from "./queue-change.js"
import { choices as askChoices, counts as askCounts, markSeen, part } from "./queue-client.js"
import { handlesAny, takable } from "./queue-export.js"
import { address, enable, fromAddress, fromForm, offer, same, show } from "./queue-filters.js"
import { showGlances } from "./queue-glances.js"
import { listen } from "./queue-keys.js"
import { savedViews } from "./queue-views.js"
import { nothing, shownOf } from "./queue-words.js"
import { calm, trouble } from "./trouble.js"

/**
 * @typedef {import("./queue-client.js").Entry} Entry
 * @typedef {import("./queue-client.js").Counts} Counts
 */

const form = byId("filters", HTMLFormElement)
const list = byId("entries", HTMLElement)
const more = byId("more", HTMLButtonElement)
const box = byId("filter-box", HTMLDetailsElement)
const narrow = matchMedia("(max-width: 47.99rem)")
const board = new Board(list, change)

let filters = fromAddress(location.search)
/** @type {Counts} */
let counts = {}
/** @type {string | null} */
let next = null
let asked = 0 // an answer to an earlier question is out of date
/** @type {ChangeDialog | null} */
let dialog = null
/** @type {() => void} */
let markViews = () => {}

if (narrow.matches) box.open = false
try {
    if (Object.keys((await me()).roles).length) await start()
    else byId("no-role", HTMLElement).hidden = false
} catch (fault) {
    trouble(fault)
}

async function start() {
    byId("work", HTMLElement).hidden = false
    const first = load()
    const choices = await askChoices()
    offer(form, choices, (await me()).id)
    show(form, filters)
    dialog = new ChangeDialog(choices, changed, settled)
    wire()
    const { programs } = choices
    offerEntering(programs, filters.program)
    if (handlesAny(programs)) offerExport(() => takable(filters, programs))
    markViews = await savedViews(() => filters, say)
    await first
}

function wire() {
    form.addEventListener("change", () => choose(fromForm(form)))
    form.addEventListener("submit", (event) => event.preventDefault())
    form.addEventListener("reset", () => setTimeout(() => choose(fromForm(form))))
    addEventListener("popstate", () => {
        filters = fromAddress(location.search)
        show(form, filters)
        load()
    })
    more.addEventListener("click", loadMore)
    listen(list, { change, toggleSeen, toFilters })
    enable(form)
}

/** @param {import("./queue-filters.js").Filters} wanted */
function choose(wanted) {
    if (same(wanted, filters)) return
    filters = wanted
    history.pushState(null, "", address(filters))
    load()
}

async function load() {
    const question = ++asked
    list.setAttribute("aria-busy", "true")
    try {
        const [found, counted] = await Promise.all([part(filters), askCounts(filters)])
        if (question !== asked) return
        board.clear()
        board.add(found.reports)
        next = found.next
        counts = counted
        calm()
        summarise()
        say(`${shownOf(board.size, counts.shown)}, what is due next first.`)
    } catch (fault) {
        if (question === asked) trouble(fault)
    } finally {
        list.removeAttribute("aria-busy")
        byId("waiting", HTMLElement).hidden = true
    }
}

async function loadMore() {
    const question = asked
    more.disabled = true
    try {
        const found = await part(filters, next)
        if (question !== asked) return
        board.add(found.reports)
        next = found.next
        calm()
        summarise()
        say(`${found.reports.length} more.`)
        board.focus(found.reports[0]?.id)
    } catch (fault) {
        trouble(fault)
    } finally {
        more.disabled = false
    }
}

/** Say what is shown, and what is not. */
function summarise() {
    const [missing, meaning] = nothing(filters)
    const none = byId("nothing", HTMLElement)
    none.hidden = board.size > 0
    none.replaceChildren(element("p", { class: "serif" }, missing), element("p", {}, meaning))
    byId("more-row", HTMLElement).hidden = !next
    byId("shown", HTMLElement).textContent = shownOf(board.size, counts.shown)
    const chosen = Object.keys(filters).length
    byId("filtered", HTMLElement).textContent = chosen ? `· ${chosen} chosen` : ""
    showGlances(counts, filters)
    markViews()
}

/** @param {string} report */
function change(report) {
    const entry = board.get(report)
    if (entry) dialog?.open(entry)
}

/** @param {string} report */
async function toggleSeen(report) {
    const entry = board.get(report)
    if (!entry || entry.quiet) return
    try {
        await markSeen(report, entry.unread ? entry.activity : 0)
        const said = entry.unread ? "read" : "unread"
        changed({ ...entry, unread: !entry.unread }, `Report ${report} is marked as ${said}.`)
    } catch (fault) {
        trouble(fault)
    }
}

/**
 * Show a report as it is now; the list stays as it is, so that nobody loses their place.
 * @param {Entry} entry
 * @param {string} said
 */
async function changed(entry, said) {
    if (board.get(entry.id)) board.put(entry)
    say(said)
    try {
        counts = await askCounts(filters)
        summarise()
    } catch (fault) {
        trouble(fault)
    }
}

/**
 * Go on in the list after a dialog; a report that moved to the other list leaves this one.
 * @param {Entry} entry
 */
function settled({ id, quiet }) {
    if (quiet === Boolean(filters.quiet)) return board.focus(id)
    const beside = board.neighbour(id)
    board.drop(id)
    board.focus(beside)
    summarise()
}

function toFilters() {
    box.open = true
    byId("filter-state", HTMLSelectElement).focus()
}

/** @param {string} words */
function say(words) {
    byId("said", HTMLElement).textContent = words
}
