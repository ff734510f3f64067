/**
 * What each kind of message carries beside its text: exactly this, and nothing more.
 *
 * `portal/offline/thread/body_data.py` reads the same; the vectors hold both to it. What carries
 * more, or something else, is no message of Portico's, whoever signed it.
 */

/**
 * @typedef {(value: any) => boolean} Test
 * @typedef {object} Shape  the members of one kind
 * @property {Record<string, Test>} needs  what has to be there
 * @property {Record<string, Test>} takes  what may be there
 */

export const MAX_NAME = 200 // characters of how somebody wants to be named
const MAX_STATEMENT = 20_000 // characters: as long as a paragraph of a policy may be
const MAX_ANSWER = 100_000 // characters of one answer to the form
const MAX_FIELDS = 100 // far more than a policy asks
const MAX_CLAUSES = 500
const MAX_FACTORS = 50 // as many as an event weighs
const HIGHEST = 10 ** 6 // no thread is as long

// A calendar of four digits keeps both languages to the same days.
const DAY = /^[12][0-9]{3}-[0-9]{2}-[0-9]{2}$/
const ID = /^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$/

/**
 * @param {string} kind
 * @param {Record<string, unknown>} data
 * @returns {boolean} whether a message of this kind may carry this
 */
export function fits(kind, data) {
    if (!Object.hasOwn(SHAPES, kind)) return false
    const { needs, takes } = SHAPES[kind]
    const known = { ...needs, ...takes }
    const whole = Object.keys(needs).every((name) => Object.hasOwn(data, name))
    return whole && Object.entries(data).every(
        ([name, value]) => Object.hasOwn(known, name) && known[name](value),
    )
}

/** @type {Test} */
function isNumber(value) {
    return Number.isInteger(value) && value > 0 && value < HIGHEST
}

/** @type {Test} */
function isDay(value) {
    if (typeof value !== "string" || !DAY.test(value)) return false
    const at = new Date(`${value}T00:00:00Z`)
    return Number.isFinite(at.getTime()) && at.toISOString().slice(0, 10) === value
}

/** @type {Test} */
function isName(value) {
    return value === null || (typeof value === "string" && length(value) <= MAX_NAME)
}

/** @type {Test} */
function isStatement(value) {
    return typeof value === "string" && value !== "" && length(value) <= MAX_STATEMENT
}

/** @type {Test} */
function isAnswer(value) {
    return typeof value === "string" && length(value) <= MAX_ANSWER
}

/** @type {Test} */
function isId(value) {
    return typeof value === "string" && ID.test(value)
}

/** @param {...string} codes @returns {Test} */
function oneOf(...codes) {
    return (value) => typeof value === "string" && codes.includes(value)
}

/**
 * @param {number} most
 * @param {Test} test
 * @returns {Test} for a table of ids, each with something that passes the test
 */
function table(most, test) {
    return (value) => {
        if (!isObject(value)) return false
        const found = Object.entries(value)
        return found.length <= most && found.every(([name, each]) => isId(name) && test(each))
    }
}

/** @type {Test} */
function isConduct(value) {
    return (
        isObject(value) &&
        Object.keys(value).sort().join() === "attested,used" &&
        Object.values(value).every(isClauses)
    )
}

/** @type {Test} */
function isClauses(value) {
    return Array.isArray(value) && value.length <= MAX_CLAUSES && value.every(isId)
}

/** @type {Test} */
function isObject(value) {
    return typeof value === "object" && value !== null && !Array.isArray(value)
}

/** @param {string} text @returns {number} in characters, as Python counts them */
function length(text) {
    return text.length > MAX_ANSWER * 2 ? text.length : [...text].length
}

/** @type {Shape} */
const NOTHING = { needs: {}, takes: {} }
/** @type {Shape} the day is said again by whoever answers: what they saw is signed, too */
const ANSWER = { needs: { proposal: isNumber }, takes: { date: isDay } }
/** @type {Record<string, Shape>} */
const SHAPES = {
    message: NOTHING,
    "publication-proposed": { needs: { date: isDay }, takes: { proposal: isNumber } },
    "publication-agreed": ANSWER,
    "publication-declined": ANSWER,
    credit: { needs: { name: isName }, takes: { form: oneOf("handle", "name") } },
    withdrawal: NOTHING,
    deletion: NOTHING,
    attestation: {
        needs: { clause: oneOf("purged", "deleted"), text: isStatement },
        takes: {},
    },
    completion: {
        needs: { fields: table(MAX_FIELDS, isAnswer) },
        takes: { conduct: isConduct },
    },
    decision: {
        needs: {
            answer: oneOf("yes", "no"),
            factors: table(MAX_FACTORS, oneOf("low", "medium", "high")),
        },
        takes: {},
    },
}
