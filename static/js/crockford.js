/**
 * Crockford's base32: thirty-two symbols that survive handwriting and the telephone.
 *
 * `portal/intake/crockford.py` reads and writes exactly the same, character for character.
 */

export const ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"

// Spelled out, because JavaScript and Python disagree on what a space is.
const SPACES = /[\t\n\v\f\r \u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff]/gu
const HYPHENS = /[\-\u00ad\u2010-\u2015\u2212\ufe63\uff0d]/gu

// A table rather than toUpperCase(): the upper case of a dotless i is I, which would pass as 1.
/** @type {Map<string, number>} */
const VALUES = new Map([
    ...[...ALPHABET].map((symbol, value) => /** @type {const} */ ([symbol, value])),
    ...[...ALPHABET.toLowerCase()].map((symbol, value) => /** @type {const} */ ([symbol, value])),
    ...[..."Oo"].map((symbol) => /** @type {const} */ ([symbol, 0])),
    ...[..."IiLl"].map((symbol) => /** @type {const} */ ([symbol, 1])),
])

/**
 * Give one value per written character, spaces and hyphens left out.
 *
 * Reads either case, O as 0, I and L as 1. A character that is not ours becomes null, so that the
 * caller can judge the length first and still say where the stranger stands.
 * @param {string} text  as someone pasted it
 * @returns {(number | null)[]}
 */
export function read(text) {
    const written = [...text.replace(SPACES, "").replace(HYPHENS, "")]
    return written.map((character) => VALUES.get(character) ?? null)
}

/**
 * Write values from 0 to 31 as symbols, in upper case.
 * @param {number[]} values
 * @returns {string}
 */
export function write(values) {
    return values.map((value) => ALPHABET[value]).join("")
}
