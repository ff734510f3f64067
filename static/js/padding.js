/**
 * How long a padded archive is: exact sizes are hidden, magnitudes are not.
 *
 * Padmé (Nikitin et al., "Reducing Metadata Leakage from Encrypted Files and Communication with
 * PURBs", section 4) with a floor, below which every short report looks the same.
 */

export const FLOOR = 16 * 1024 // bytes: a report of a few pages

/**
 * @param {number} length  bytes, a positive whole number
 * @returns {number} bytes to fill up to, never less than `length`
 */
export function paddedLength(length) {
    return Math.max(FLOOR, padme(length))
}

/**
 * Round up so that only a few leading bits of the length stay visible.
 * @param {number} length
 * @returns {number}
 */
export function padme(length) {
    if (length < 2) return length
    const exponent = bitLength(length) - 1
    const step = 2 ** (exponent - bitLength(exponent)) // the lowest bits, all to become zero
    return Math.ceil(length / step) * step
}

/** @param {number} value  a positive whole number; exact where a logarithm may round */
function bitLength(value) {
    return value.toString(2).length
}
