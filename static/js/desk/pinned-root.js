/** The root key that this machine pinned for a program, as `portico desk` tells the page. */

/**
 * @param {string | undefined} roots  JSON: fingerprints by slug
 * @param {string} program  slug
 * @returns {string | null} hex; null where nothing was pinned
 */
export function pinnedRoot(roots, program) {
    try {
        const root = JSON.parse(roots ?? "{}")[program]
        return typeof root === "string" ? root : null
    } catch {
        return null
    }
}
