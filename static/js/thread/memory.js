/**
 * What this page has seen of threads, so that a portal that goes back in time is noticed.
 *
 * In memory only: the browser writes its tab storage to disk, and which reports somebody follows is
 * nobody's business. Whoever loads the page anew types the token anew, too.
 */

/** @typedef {import("./chain.js").Judged} Judged */

/** Remembers the newest message seen of each report. */
export class ThreadMemory {
    /** @type {Map<string, {sequence: number, link: string}>} by report */
    #newest = new Map()

    /**
     * Compare a thread with what was seen of it before, then remember it.
     * @param {string} report
     * @param {Judged[]} thread
     * @returns {boolean} whether a message that was there is gone, or is another one now
     */
    lost(report, thread) {
        const seen = this.#newest.get(report)
        const lost = seen !== undefined && !thread.some((one) => isAbout(one, seen))
        const last = thread.at(-1)
        if (last && !lost) {
            this.#newest.set(report, { sequence: last.place.sequence, link: last.link })
        }
        return lost
    }

    /**
     * Remember a message that the portal has just taken.
     * @param {string} report
     * @param {{sequence: number, link: string}} newest
     */
    sent(report, newest) {
        this.#newest.set(report, newest)
    }
}

/** @param {Judged} one @param {{sequence: number, link: string}} seen */
function isAbout({ place, link }, seen) {
    return place.sequence === seen.sequence && link === seen.link
}
