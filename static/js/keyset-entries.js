/**
 * The lines of a keyset: who can open a report, and which key signs the portal's receipts.
 *
 * `portal/policy/entries.py` refuses the same.
 */
import { isSecond } from "./dates.js"
import { KeysetRefused, StatementRefused } from "./errors.js"
import { kindOf } from "./recipients.js"
import * as statement from "./statement.js"

/**
 * @typedef {{name: string, role: string, recipient: string, signing: string | null}} Member
 *     `signing` is the base64url key of their messages; only a recovery entry may lack it
 */

export const RECOVERY = "recovery" // opens reports when all other keys are lost

const MAX_NAME = 80 // characters
const UNPRINTABLE = /[\p{C}\p{Zl}\p{Zp}]|(?! )\p{Zs}/u

/**
 * @param {unknown} raw  one member of `entries`
 * @returns {Member}
 * @throws {KeysetRefused} a member of it is missing, unknown, or not what it should be
 */
export function entryFrom(raw) {
    const { signing, ...rest } = objectOf(raw)
    requireMembers(rest, ["name", "recipient", "role"])
    const [name, role] = [lineFrom(rest.name), lineFrom(rest.role)]
    if (signing !== undefined && signing !== null) asKeysetFault(() => statement.parseKey(signing))
    else if (role !== RECOVERY) throw new KeysetRefused(`the entry of ${name} has no signing key`)
    if (kindOf(rest.recipient) === null) {
        throw new KeysetRefused(`the recipient of ${name} is not an age public key`)
    }
    return { name, role, recipient: String(rest.recipient), signing: keyText(signing) }
}

/**
 * @param {unknown} raw  the member `receipt_key`
 * @returns {Uint8Array}
 * @throws {KeysetRefused} it is no key, another key than its `kid` says, or its dates are none
 */
export function receiptKeyFrom(raw) {
    const members = objectOf(raw)
    requireMembers(members, ["exp", "iat", "key", "kid"])
    const key = asKeysetFault(() => statement.parseKey(members.key))
    if (members.kid !== statement.fingerprint(key)) {
        throw new KeysetRefused("the receipt key does not have the fingerprint it is listed under")
    }
    if (moment(members.exp) <= moment(members.iat)) {
        throw new KeysetRefused("the receipt key ends before it starts")
    }
    return key
}

/**
 * @param {unknown} raw
 * @returns {number} seconds since 1970
 * @throws {KeysetRefused} not a whole number, or of no year from 1970 to 9999
 */
export function moment(raw) {
    if (isSecond(raw)) return raw
    throw new KeysetRefused("a date in it is not a whole number of seconds since 1970")
}

/** @param {unknown} raw @returns {string} */
function lineFrom(raw) {
    if (typeof raw !== "string" || raw !== raw.trim() || UNPRINTABLE.test(raw)) {
        throw new KeysetRefused("a name or role in it is not one plain line of text")
    }
    const length = [...raw].length
    if (length >= 1 && length <= MAX_NAME) return raw
    throw new KeysetRefused(`a name or role in it is empty or longer than ${MAX_NAME} characters`)
}

/** @param {unknown} signing  checked */
function keyText(signing) {
    return typeof signing === "string" ? signing : null
}

/** @param {unknown} raw @returns {statement.Claims} */
function objectOf(raw) {
    if (typeof raw === "object" && raw !== null && !Array.isArray(raw)) {
        return /** @type {statement.Claims} */ (raw)
    }
    throw new KeysetRefused("a part of it is not an object")
}

/**
 * @param {statement.Claims} claims
 * @param {string[]} names  sorted
 * @throws {KeysetRefused} it has other members
 */
export function requireMembers(claims, names) {
    if (Object.keys(claims).sort().join() === names.join()) return
    throw new KeysetRefused(`a part of it does not have exactly the members ${names.join(", ")}`)
}

/**
 * Let whoever asks for a keyset catch one kind of error only.
 * @template T
 * @param {() => T} act
 * @returns {T}
 */
export function asKeysetFault(act) {
    try {
        return act()
    } catch (error) {
        if (!(error instanceof StatementRefused)) throw error
        throw new KeysetRefused(error.reason)
    }
}
