/** The highest keyset version this tab has seen, so that an older one cannot be slipped in. */

/** @typedef {{program: string, root: string}} Series  the keysets of one program and one root */

/**
 * @param {Storage | null} storage  of this tab; null where the browser keeps none
 * @param {Series} series
 * @returns {number} 0 on a first visit
 */
export function newestSeen(storage, series) {
    try {
        const seen = Number(storage?.getItem(nameOf(series)))
        return Number.isSafeInteger(seen) && seen > 0 ? seen : 0
    } catch {
        return 0
    }
}

/**
 * @param {Storage | null} storage
 * @param {Series} series
 * @param {number} version  of a keyset that has been verified
 */
export function remember(storage, series, version) {
    try {
        if (version > newestSeen(storage, series)) storage?.setItem(nameOf(series), String(version))
    } catch {
        // A browser that keeps nothing is a first visit every time; the page says what that means.
    }
}

/** @returns {Storage | null} this tab's storage, which vanishes with it */
export function tabStorage() {
    try {
        return globalThis.sessionStorage ?? null
    } catch {
        return null
    }
}

/** @param {Series} series */
function nameOf({ program, root }) {
    return `portico/keyset/${program}/${root}`
}
