/** What was promised for a report and what happened to it, with who did it. */
import { byId, element, fill, fromTemplate, slot } from "../dom.js"
import { deadlineLine, fillTime } from "../timeline.js"
import { dataWords } from "./event-words.js"
import { MAIL } from "./mail-words.js"

/**
 * @typedef {import("./case-client.js").Case} Case
 * @typedef {import("./case-client.js").Happened} Happened
 */

const ACTORS = /** @type {Record<string, string>} */ ({ reporter: "the reporter" })

/** @param {Case} shown */
export function showTime({ deadlines, events, zone, origin }) {
    const lines = deadlines.map((deadline) => explained(deadlineLine(deadline, zone)))
    byId("deadlines", HTMLElement).replaceChildren(...lines)
    byId("deadlines-none", HTMLElement).hidden = lines.length > 0
    const lived = origin === MAIL ? events.map(entered) : events
    byId("events", HTMLElement).replaceChildren(...eventLines(lived, zone))
}

/** @param {Happened[]} events @param {string} zone @returns {HTMLElement[]} */
function eventLines(events, zone) {
    /** @type {string | null} */
    let expected = null
    return events.map((event) => {
        const line = eventLine(event, zone, expected)
        expected = event.data.expected ?? expected
        return line
    })
}

/** @param {Happened} event @returns {Happened} a mail arrives by itself; somebody enters it later */
function entered(event) {
    if (event.name !== "received") return event
    return { ...event, actor: { ...event.actor, name: `by mail, entered by ${event.actor.name}` } }
}

/** @param {HTMLElement} line  of a promise @returns {HTMLElement} its arithmetic behind a press */
function explained(line) {
    const why = slot(line, "explanation")
    const box = element("details", { class: "small" }, element("summary", {}, "How it is counted"))
    if (why.textContent) why.replaceWith(box)
    if (why.textContent) box.append(why)
    return line
}

/**
 * @param {Happened} event
 * @param {string} zone
 * @param {string | null} expected  by when a fix was expected before, an ISO date
 */
function eventLine(event, zone, expected) {
    const { number, label, at, actor, hint } = event
    const line = fromTemplate("happened")
    fill(line, "label", `${number}. ${label}`)
    fill(line, "who", actor.id === null ? (ACTORS[actor.name] ?? actor.name) : actor.name)
    fillTime(line, "at", at, zone)
    fill(line, "data", dataWords(event, zone, expected))
    slot(line, "hint").hidden = !hint
    return line
}
