/** What the server knows of a report: its head, the verdict with its rule, what is stored. */
import { when } from "../dates.js"
import { byId, element, fill, fromTemplate, slot } from "../dom.js"
import { sizeText } from "../sizes.js"
import { fillTime } from "../timeline.js"
import { dueIn, overdueBy } from "./due-words.js"
import { urgentWords } from "./queue-words.js"
import { MAIL, enteredWords } from "./mail-words.js"

/**
 * @typedef {import("./case-client.js").Case} Case
 * @typedef {import("./case-client.js").Envelope} Envelope
 */

const UNCHECKED = "not checked"
const ORIGINS = /** @type {Record<string, string>} */ ({
    "browser-token": "the form, or the command line",
    "server-token": "a file sealed by hand",
})

/** @param {Case} shown @param {number} now  milliseconds since 1970 */
export function showFacts(shown, now) {
    byId("report-id", HTMLElement).textContent = shown.id
    document.title = `Report ${shown.id} · Desk`
    const strip = byId("strip", HTMLElement)
    slot(strip, "kind").replaceChildren(...kindWords(shown))
    fill(strip, "state", shown.state_label)
    fill(strip, "program", shown.program_name)
    slot(strip, "due").replaceChildren(...dueWords(shown, now))
    slot(strip, "ruling").replaceChildren(rulingTag(shown))
    fillTime(strip, "received", shown.received_at, shown.zone)
    showKept(shown)
    byId("envelopes", HTMLElement).replaceChildren(...shown.envelopes.map(envelopeLine))
    byId("receipt", HTMLElement).textContent = shown.receipt
}

/** @param {Case} shown @returns {HTMLElement[]} */
function kindWords(shown) {
    const urgent = urgentWords(shown)
    const words = element("span", {}, shown.kind_label)
    return urgent ? [element("strong", {}, urgent), element("br"), words] : [words]
}

/** @param {Case} shown @param {number} now @returns {HTMLElement[]} */
function dueWords({ due_at: next, ended, zone, kind }, now) {
    if (kind === "question" && !ended) return [element("span", {}, "A question starts no clock")]
    if (ended || !next) return [element("span", {}, ended ? "Ended" : "Nothing promised is open")]
    const late = Date.parse(next) < now
    const said = late ? overdueBy(next, now) : dueIn(next, now)
    const words = element(late ? "strong" : "span", {}, said)
    return [words, element("time", { datetime: next, class: "small soft" }, when(next, zone))]
}

/** @param {Case} shown */
function rulingTag({ verdict }) {
    const ruling = verdict?.ruling ?? UNCHECKED
    const words = verdict?.ruling_label ?? "Not checked"
    return element("span", { class: "tag", "data-ruling": ruling }, words)
}

/** @param {Case} shown */
function showKept(shown) {
    const { verdict, policy_version: version, origin } = shown
    const facts = byId("kept-facts", HTMLElement)
    const ruled = verdict && `${verdict.ruling_label} (${verdict.code})`
    fill(facts, "verdict", ruled ?? "The target was not checked.")
    fill(facts, "rule", ruleWords(verdict))
    fill(facts, "policy", `version ${version}`)
    fill(facts, "origin", origin === MAIL ? enteredWords(shown) : (ORIGINS[origin] ?? origin))
}

/** @param {Case["verdict"]} verdict */
function ruleWords(verdict) {
    const rule = verdict?.rule
    if (!rule) return "No rule decided."
    const side = rule.side === "out" ? "excludes" : "includes"
    const words = rule.pattern ? `${side} ${rule.pattern}` : "it is in no version that is kept"
    const policy = `of policy version ${verdict?.policy_version}`
    return [`${rule.id} ${policy}: ${words}.`, rule.note ?? ""].join(" ").trim()
}

/** @param {Envelope} envelope */
function envelopeLine(envelope) {
    const line = fromTemplate("envelope")
    fill(line, "role", envelope.role)
    const times = envelope.header_version - 1
    const shared = times > 0 ? `, shared anew ${times === 1 ? "once" : `${times} times`}` : ""
    const sealed = `sealed to keyset version ${envelope.keyset_version}${shared}`
    fill(line, "about", `${sizeText(envelope.length)}, ${sealed}`)
    fill(line, "payload", `Payload ${envelope.payload_sha256}`)
    fill(line, "header", `Header as it came ${envelope.original_header_sha256}`)
    return line
}
