/** The parts of the queue at a glance: how many reports each holds, and which one is shown. */
import { fill } from "../dom.js"
import { fromAddress, same } from "./queue-filters.js"
import { counted } from "./queue-words.js"

/**
 * @param {Record<string, import("./queue-client.js").Count>} counts  by the name of the part
 * @param {import("./queue-filters.js").Filters} filters  as they are now
 */
export function showGlances(counts, filters) {
    for (const link of document.querySelectorAll("a[data-count]")) {
        if (!(link instanceof HTMLAnchorElement)) continue
        const count = counts[link.dataset.count ?? ""]
        fill(link, "count", count ? counted(count) : null)
        if (same(filters, fromAddress(link.search))) link.setAttribute("aria-current", "page")
        else link.removeAttribute("aria-current")
    }
}
