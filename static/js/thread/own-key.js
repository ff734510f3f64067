/**
 * The key to answer to, in a report that was sealed by hand.
 *
 * Nobody but its author vouches for what stands in such a file; the answer goes to whoever wrote it.
 * `portal/offline/thread/own_key.py` finds the same.
 */
import { kindOf } from "../recipients.js"

const STATED = /Your own age public key, if you want answers:\s*`?(age1[0-9a-z]+)`?(?=\s|$)/g

/**
 * @param {string} text  of `report.md`
 * @returns {string | null} the public key; null when it names none, or several different ones: an
 *     answer must not go to a key that its reader may not hold
 */
export function ownKey(text) {
    const stated = [...text.matchAll(STATED)].map((match) => match[1])
    const found = new Set(stated.filter((key) => kindOf(key) !== null))
    return found.size === 1 ? [...found][0] : null
}
