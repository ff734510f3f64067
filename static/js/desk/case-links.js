/** Reports that tell of the same problem, as staff linked them; nothing is matched by content. */
import { when } from "../dates.js"
import { byId, element } from "../dom.js"

/** @param {import("./case-client.js").Case} shown */
export function showLinks({ duplicate_of: first, duplicates, zone }) {
    const words = [
        ...(first ? ["The same problem came first in ", named(first, zone), ". "] : []),
        ...(duplicates.length ? ["Later reports of it: "] : []),
        ...duplicates.flatMap((one, at) => [at ? ", " : "", named(one, zone)]),
    ]
    const place = byId("duplicate-of", HTMLElement)
    place.replaceChildren(...words)
    place.hidden = words.length === 0
}

/** @param {import("./case-client.js").Link} link @param {string} zone */
function named({ id, received_at: at }, zone) {
    const came = `received ${when(at, zone)}`
    if (id === null) return `a report that you may not read, ${came}`
    return element("span", {}, element("a", { href: `/staff/reports/${id}` }, id), `, ${came}`)
}
