/** What laws demand: three moments kept apart, each duty with its date or worst case, who decided. */
import { when } from "../dates.js"
import { byId, element, fill, fromTemplate, slot } from "../dom.js"
import { fillTime } from "../timeline.js"

/**
 * @typedef {import("./case-client.js").Case} Case
 *
 * @typedef {object} Duty  one time limit of one law
 * @property {string} regime
 * @property {string} name
 * @property {string} stage
 * @property {string} label
 * @property {"pending" | "running" | "met" | "late"} state
 * @property {string | null} due  ISO 8601
 * @property {string | null} worst_case  ISO 8601: had staff been aware at receipt
 * @property {string} explanation
 * @property {string} source
 * @property {string} note
 * @property {string | null} done
 * @property {string | null} late_by
 */

const MOMENTS = /** @type {const} */ (["received", "opened", "aware"])

/** @param {Case} shown */
export function showLegal({ legal, moments, exposure, events, zone }) {
    const place = byId("legal", HTMLElement)
    const decisions = events.filter(({ name }) => name === "reportable")
    place.hidden = legal.length === 0 && decisions.length === 0 && !exposure
    for (const name of MOMENTS) {
        const at = moments[name]
        slot(place, name).textContent = at ? when(at, zone) : "not recorded"
    }
    slot(place, "exposure").hidden = !exposure
    slot(place, "duties").replaceChildren(...legal.map((duty) => dutyLine(duty, zone)))
    slot(place, "decisions").replaceChildren(...decisions.map((one) => decisionLine(one, zone)))
}

/** @param {Duty} duty @param {string} zone */
function dutyLine(duty, zone) {
    const line = fromTemplate(`deadline-${duty.state}`)
    fill(line, "label", `${duty.label}. ${duty.name}`)
    if (duty.late_by) fill(line, "state", `late by ${duty.late_by}`)
    if (duty.due !== null) fillTime(line, "due", duty.due, zone)
    slot(line, "undated").hidden = duty.due !== null
    if (duty.worst_case !== null) {
        const worst = `${when(duty.worst_case, zone)}, had staff been aware at receipt`
        fill(line, "undated", `No date until awareness is set. Worst case: ${worst}.`)
    }
    const why = [duty.explanation, duty.note, duty.source].filter(Boolean).join(" ")
    const box = element("details", { class: "small" }, element("summary", {}, "How it is counted"))
    box.append(element("p", { class: "small soft" }, why))
    slot(line, "explanation").replaceWith(box)
    return line
}

/** @param {import("./case-client.js").Happened} event @param {string} zone */
function decisionLine({ data, codes, actor, at }, zone) {
    const answer = data.answer === "yes" ? "has to be notified" : "does not have to be notified"
    const said = `${data.regime}: ${answer}. ${codes.reason ?? ""}.`
    const who = element("span", { class: "small soft" }, ` ${actor.name}, ${when(at, zone)}`)
    return element("li", {}, said, who)
}
