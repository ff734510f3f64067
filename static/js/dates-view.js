/** The dates a report would have if it were sent now; the page itself is the same for everybody. */
import { when } from "./dates.js"
import { byId, element } from "./dom.js"

/** @typedef {{label: string, due: string}} Due  `due` is ISO 8601 */

/**
 * Fetch and show them; without them the policy's own words still stand there.
 * @param {{datesAddress: string, zone: string}} page
 * @returns {Promise<void>}
 */
export async function showDates({ datesAddress, zone }) {
    const found = await datesAt(datesAddress)
    const lines = found.map((deadline) => dateLine(deadline, zone))
    byId("if-now-dates", HTMLElement).replaceChildren(...lines)
    byId("if-now", HTMLElement).hidden = lines.length === 0
}

/** @param {Due} date @param {string} zone  IANA name */
function dateLine({ label, due }, zone) {
    return element("li", {}, `${label}: `, element("time", { datetime: due }, when(due, zone)))
}

/**
 * @param {string} address
 * @returns {Promise<Due[]>} none when the portal cannot say
 */
async function datesAt(address) {
    try {
        const answer = await fetch(address, { headers: { Accept: "application/json" } })
        const { deadlines } = answer.ok ? await answer.json() : { deadlines: [] }
        return Array.isArray(deadlines) ? deadlines.filter(({ due }) => due) : []
    } catch {
        return []
    }
}
