/** What was promised for a report and what happened to it, with who did it. */
import { day } from "../dates.js"
import { byId, element, fill, fromTemplate, slot } from "../dom.js"
import { deadlineLine, fillTime } from "../timeline.js"

/**
 * @typedef {import("./case-client.js").Case} Case
 * @typedef {import("./case-client.js").Happened} Happened
 */

const DATA = /** @type {Record<string, (value: any) => string>} */ ({
    expected: (date) => `Expected by ${day(date)}.`,
    date: (date) => `Publication on ${day(date)}.`,
    of: (report) => `The same as report ${report}.`,
    message: (number) => `As message ${number} says.`,
    event: (number) => `About entry ${number}.`,
})

const ACTORS = /** @type {Record<string, string>} */ ({ reporter: "the reporter" })

/** @param {Case} shown */
export function showTime({ deadlines, events, zone }) {
    const lines = deadlines.map((deadline) => explained(deadlineLine(deadline, zone)))
    byId("deadlines", HTMLElement).replaceChildren(...lines)
    byId("deadlines-none", HTMLElement).hidden = lines.length > 0
    byId("events", HTMLElement).replaceChildren(...events.map((event) => eventLine(event, zone)))
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
 * @param {Record<string, any>} data  of an event
 * @returns {string} in words; empty when there is none
 */
export function dataWords(data) {
    return Object.entries(data)
        .map(([name, value]) => DATA[name]?.(value) ?? "")
        .join(" ")
        .trim()
}

/** @param {Happened} event @param {string} zone */
function eventLine({ number, label, at, actor, data, hint }, zone) {
    const line = fromTemplate("happened")
    fill(line, "label", `${number}. ${label}`)
    fill(line, "who", actor.id === null ? (ACTORS[actor.name] ?? actor.name) : actor.name)
    fillTime(line, "at", at, zone)
    fill(line, "data", dataWords(data))
    slot(line, "hint").hidden = !hint
    return line
}
