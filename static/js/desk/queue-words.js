/** Sentences about the queue. */

/** @typedef {import("./queue-client.js").Count} Count */

/**
 * @param {Count} count
 * @returns {string} for example “12”, or “1,000+” where nobody counted on
 */
export function counted({ count, more }) {
    return more && !count ? "" : `${count.toLocaleString("en-GB")}${more ? "+" : ""}`
}

/**
 * @param {number} shown  rows on the page
 * @param {Count} all
 * @returns {string}
 */
export function shownOf(shown, all) {
    if (!all.more && shown >= all.count) return shown === 1 ? "1 report" : `${shown} reports`
    return `${shown.toLocaleString("en-GB")} of ${counted(all) || "many"} reports`
}

/**
 * @param {import("./queue-filters.js").Filters} filters
 * @returns {[string, string]} that nothing is there, and what that means
 */
export function nothing(filters) {
    const names = Object.keys(filters)
    if (!names.length) {
        return ["No open reports.", "When one arrives, it stands here with its first date."]
    }
    if (names.length > 1) return ["No report fits all these filters.", "Clear one of them."]
    return ALONE[names[0]] ?? ["No report fits this filter.", "Choose another, or clear it."]
}

/**
 * @param {{exposed: boolean, exploited: boolean}} ticked  by the reporter
 * @returns {string | null} why a report stands first; null when it does not
 */
export function urgentWords({ exposed, exploited }) {
    const said = [exposed ? "data lies open" : "", exploited ? "being exploited" : ""]
    const words = said.filter(Boolean).join(", ")
    return words ? `Urgent: ${words}` : null
}

/** @type {Record<string, [string, string]>} */
const ALONE = {
    urgent: ["Nothing is urgent.", "Data that lies open, or misuse, would stand here first."],
    overdue: ["Nothing is overdue.", "Every promise that is open can still be kept."],
    unread: ["You have seen everything.", "What happens next is marked here."],
    quiet: ["The quiet list is empty.", "Every sender’s reports stand in the queue."],
}
