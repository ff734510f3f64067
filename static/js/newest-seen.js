/**
 * What this tab has seen of a program's keysets: which root signed them, and the highest version.
 *
 * So neither an older keyset nor another root can be slipped in between two visits.
 */
import { KeysetRefused } from "./errors.js"

/** @typedef {{root: string | null, version: number}} Seen  null and 0 on a first visit */

const NOTHING = { root: null, version: 0 }
const NOTE = /^([1-9]\d{0,9}) ([0-9a-f]{64})$/

/**
 * @param {Storage | null} storage  of this tab; null where the browser keeps none
 * @param {string} program  slug
 * @returns {Seen}
 */
export function lastSeen(storage, program) {
    try {
        const [, version, root] = NOTE.exec(storage?.getItem(nameOf(program)) ?? "") ?? []
        return root ? { root, version: Number(version) } : NOTHING
    } catch {
        return NOTHING
    }
}

/**
 * Tell which root a keyset must be signed by.
 * @param {Seen} seen
 * @param {string | null} stated  the root that the page names, if it names one
 * @returns {string | null} null when nobody knows one yet
 * @throws {KeysetRefused} the page names another root than this tab has seen
 */
export function steadyRoot(seen, stated) {
    if (seen.root !== null && stated !== null && seen.root !== stated) {
        throw new KeysetRefused(
            `its root key was ${brief(seen.root)} earlier in this tab and is ${brief(stated)} now`,
        )
    }
    return stated ?? seen.root
}

/**
 * @param {Storage | null} storage
 * @param {{program: string, fingerprint: string, version: number}} keyset  verified
 */
export function remember(storage, { program, fingerprint, version }) {
    try {
        const seen = lastSeen(storage, program)
        const newer = seen.root === fingerprint && version > seen.version
        if (!newer && seen.root !== null) return
        storage?.setItem(nameOf(program), `${version} ${fingerprint}`)
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

/** @param {string} program */
function nameOf(program) {
    return `portico/keyset/${program}`
}

/** @param {string} fingerprint */
function brief(fingerprint) {
    return `${fingerprint.slice(0, 16)}…`
}
