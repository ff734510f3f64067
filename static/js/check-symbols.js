/**
 * Four check symbols that catch up to four mistakes and locate up to two.
 *
 * A Reed-Solomon code over GF(32) (reduced by x^5 + x^2 + 1, roots alpha^1 to alpha^4) at distance
 * five. Symbols are numbers from 0 to 31; the first one belongs to the highest power.
 * `portal/intake/check_symbols.py` computes the same.
 */

export const CHECKS = 4 // distance 5: any one to four wrong symbols leave a trace
const FIELD = 31 // non-zero elements of GF(32): the order of alpha
const REDUCTION = 0b100101 // x^5 + x^2 + 1

const POWERS = powers() // POWERS[n] is alpha^n
const LOGARITHMS = new Map(POWERS.map((power, exponent) => [power, exponent]))
const GENERATOR = generator()

/**
 * Give the data symbols followed by their four check symbols.
 * @param {number[]} data
 * @returns {number[]}
 */
export function extend(data) {
    let register = new Array(CHECKS).fill(0)
    for (const symbol of data) {
        const feedback = symbol ^ register[0]
        const shifted = [...register.slice(1), 0]
        register = shifted.map((value, place) => value ^ times(feedback, GENERATOR[place]))
    }
    return [...data, ...register]
}

/**
 * Say whether the checks agree with the data.
 * @param {number[]} word
 * @returns {boolean}
 */
export function intact(word) {
    return syndromes(word).every((syndrome) => syndrome === 0)
}

/**
 * Give the indices of one or two wrong symbols, or nothing when the damage is wider.
 *
 * Three or more mistakes often look like one or two elsewhere: an index says where to look, never
 * what to write.
 * @param {number[]} word
 * @returns {number[]}
 */
export function locate(word) {
    const found = syndromes(word)
    const one = onePlace(found)
    const exponents = one.length > 0 ? one : twoPlaces(found)
    const indices = exponents.map((exponent) => word.length - 1 - exponent).sort((a, b) => a - b)
    return indices.length > 0 && indices[0] >= 0 ? indices : []
}

/**
 * Locate a single mistake: each syndrome is the one before, times the place.
 * @param {number[]} syndromes
 * @returns {number[]} its exponent, or nothing
 */
function onePlace([first, second, third, fourth]) {
    if ([first, second, third, fourth].includes(0)) return []
    const place = over(second, first)
    const steady = place === over(third, second) && place === over(fourth, third)
    return steady ? [logarithm(place)] : []
}

/**
 * Locate two mistakes by Peterson's algorithm: the places X solve X^2 + sum X + product = 0.
 * @param {number[]} syndromes
 * @returns {number[]} their exponents, or nothing
 */
function twoPlaces([first, second, third, fourth]) {
    const determinant = times(second, second) ^ times(first, third)
    if (determinant === 0) return []
    const sum = over(times(first, fourth) ^ times(second, third), determinant)
    const product = over(times(third, third) ^ times(second, fourth), determinant)
    const places = POWERS.flatMap((x, n) => (times(x, x ^ sum) === product ? [n] : []))
    return places.length === 2 ? places : []
}

/** @param {number[]} word */
function syndromes(word) {
    return [1, 2, 3, 4].map((root) => evaluate(word, POWERS[root]))
}

/** @param {number[]} word @param {number} point */
function evaluate(word, point) {
    return word.reduce((total, symbol) => times(total, point) ^ symbol, 0)
}

/** @param {number} left @param {number} right */
function times(left, right) {
    if (left === 0 || right === 0) return 0
    return POWERS[(logarithm(left) + logarithm(right)) % FIELD]
}

/** @param {number} left @param {number} right  never zero */
function over(left, right) {
    if (left === 0) return 0
    return POWERS[(logarithm(left) - logarithm(right) + FIELD) % FIELD]
}

/** @param {number} value  never zero */
function logarithm(value) {
    return /** @type {number} */ (LOGARITHMS.get(value))
}

/** @returns {number[]} alpha^0 to alpha^30 */
function powers() {
    const found = [1]
    while (found.length < FIELD) {
        const doubled = found[found.length - 1] << 1
        found.push(doubled & 32 ? doubled ^ REDUCTION : doubled)
    }
    return found
}

/** @returns {number[]} (x - alpha^1) … (x - alpha^4) multiplied out, the leading 1 left out */
function generator() {
    let product = [1]
    for (let root = 1; root <= CHECKS; root += 1) {
        const scaled = [0, ...product.map((term) => times(term, POWERS[root]))]
        product = [...product, 0].map((term, place) => term ^ scaled[place])
    }
    return product.slice(1)
}
