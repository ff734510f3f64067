/**
 * The token: sixteen random bytes a reporter keeps, and everything that follows from them.
 *
 * Design section 6. `portal/intake/token.py` computes the same, byte for byte, over the shared
 * vectors in `tests/vectors/token.json`.
 */
import { bech32, hkdf, sha256 } from "../vendor/age.js"
import { toHex, utf8 } from "./bytes.js"
import * as checkSymbols from "./check-symbols.js"
import * as crockford from "./crockford.js"
import { IdentityRefused, MalformedToken } from "./errors.js"

/** @typedef {"mlkem768x25519" | "x25519"} ReplyKind  as the keyset is hybrid or classic */

export const TOKEN_BYTES = 16 // 128 bits: guessing stays hopeless at any request rate
export const MADE_BY_CLIENT = 0
export const ISSUED_BY_SERVER = 1

const SALT = utf8("portico/token/v1")
const DERIVED_BYTES = 32
const GROUP_SYMBOLS = 5
const DATA_SYMBOLS = 26 // 130 bits: version and secret
const SYMBOLS = 30
// Written over the check symbols, so that thirty zeros are not a token.
const MASK = [22, 24, 26, 12] // the values of P R T C

/** @type {Record<ReplyKind, string>} */
const IDENTITY_PREFIXES = {
    mlkem768x25519: "age-secret-key-pq-",
    x25519: "age-secret-key-",
}

/** The secret a reporter keeps to follow a report; shown once, never stored. */
export class Token {
    /** @type {Uint8Array} never printed, never serialised: a private field stays out of logs */
    #secret

    /**
     * @param {Uint8Array} secret  sixteen bytes
     * @param {number} version  0 when made by the client, 1 when issued by the server
     */
    constructor(secret, version = MADE_BY_CLIENT) {
        if (secret.length !== TOKEN_BYTES) throw new RangeError("a token's secret has 16 bytes")
        if (version !== MADE_BY_CLIENT && version !== ISSUED_BY_SERVER) {
            throw new RangeError("a token's version is 0 or 1")
        }
        this.#secret = Uint8Array.from(secret)
        this.version = version
    }

    /** @returns {Token} a fresh one, made on the reporter's own machine */
    static mint() {
        return new Token(crypto.getRandomValues(new Uint8Array(TOKEN_BYTES)))
    }

    /**
     * Read a token as someone pasted it, spaces and line breaks included.
     * @param {string} text
     * @returns {Token}
     * @throws {MalformedToken} wrong length, a character that is not ours, a failed check, or an
     *     unknown version; the error says which, in that order, and where when it can
     */
    static parse(text) {
        const symbols = checked(crockford.read(text))
        const number = fromSymbols(symbols.slice(0, DATA_SYMBOLS))
        const version = Number(number >> 128n)
        if (version !== MADE_BY_CLIENT && version !== ISSUED_BY_SERVER) {
            throw new MalformedToken(
                "This token is of a version that this portal does not know.",
                { hint: "Check that the token comes from this portal.", reason: "version" },
            )
        }
        return new Token(toBytes(number), version)
    }

    /** @returns {string} the written form: six groups of five symbols, joined by hyphens */
    get text() {
        const data = toSymbols((BigInt(this.version) << 128n) | fromBytes(this.#secret))
        const written = crockford.write(masked(checkSymbols.extend(data)))
        return groups(written).join("-")
    }

    /**
     * The value that shows a report's state to whoever bears it: 64 hex digits.
     *
     * It travels in a request body only and is not kept; it is also the status code that reporters
     * without script can use.
     * @returns {string}
     */
    get lookup() {
        return toHex(this.#derived("lookup"))
    }

    /** @returns {string} what the server keeps: the SHA-256 of the lookup value, in hex */
    get stored() {
        return toHex(sha256(this.#derived("lookup")))
    }

    /**
     * @returns {Uint8Array} the Ed25519 seed, 32 bytes, with which follow-ups are signed
     * @throws {IdentityRefused} the server issued this token, so nobody may sign with it
     */
    get signingSeed() {
        this.#requireClientMade()
        return this.#derived("sign/ed25519")
    }

    /**
     * Write the age identity that opens what is sealed to this token.
     * @param {ReplyKind} kind
     * @returns {string}
     * @throws {IdentityRefused} the server issued this token, so it has known the secret
     */
    replyIdentity(kind) {
        this.#requireClientMade()
        const words = bech32.toWords(this.#derived(`reply/${kind}`))
        return bech32.encode(IDENTITY_PREFIXES[kind], words, false).toUpperCase()
    }

    #requireClientMade() {
        if (this.version === MADE_BY_CLIENT) return
        throw new IdentityRefused(
            "This token was issued by the server and can only show a report's state.",
            { hint: "Messages can be read with a token that your own browser or client made." },
        )
    }

    /** @param {string} purpose  purposes reveal nothing about each other */
    #derived(purpose) {
        return hkdf(sha256, this.#secret, SALT, utf8(purpose), DERIVED_BYTES)
    }
}

/**
 * @param {string} written  symbols without separators
 * @returns {string[]} groups of five
 */
export function groups(written) {
    return written.match(new RegExp(`.{${GROUP_SYMBOLS}}`, "g")) ?? []
}

/**
 * Give the thirty symbols, or refuse in the order length, character, checksum.
 * @param {(number | null)[]} values
 * @returns {number[]}
 */
function checked(values) {
    if (values.length !== SYMBOLS) throw wrongLength(values.length)
    const stranger = values.indexOf(null)
    if (stranger >= 0) throw strangerAt(stranger)
    const symbols = /** @type {number[]} */ (values)
    const word = masked(symbols)
    if (!checkSymbols.intact(word)) throw mistyped(checkSymbols.locate(word))
    return symbols
}

/** @param {number} found  how many symbols there were */
function wrongLength(found) {
    return new MalformedToken(
        `A token has ${SYMBOLS} letters and digits; this one has ${found}.`,
        {
            hint: "Copy all six groups of five; spaces and hyphens do not matter.",
            reason: "length",
        },
    )
}

/** @param {number} index  of a symbol @returns {number} its group, 1 to 6 */
function groupOf(index) {
    return Math.floor(index / GROUP_SYMBOLS) + 1
}

/** @param {number} place  index of the first character that is not ours */
function strangerAt(place) {
    const group = groupOf(place)
    return new MalformedToken("A token is written in digits and letters, without the letter U.", {
        hint: `Check group ${group}, character ${(place % GROUP_SYMBOLS) + 1}.`,
        reason: "character",
        group,
    })
}

/**
 * Say in which groups the mistake seems to lie, without ever guessing the right symbol.
 * @param {number[]} indices
 */
function mistyped(indices) {
    const found = [...new Set(indices.map(groupOf))]
    const named = found.map((group) => `group ${group}`).join(" and ")
    return new MalformedToken("This token has a typing mistake.", {
        hint: named ? `Check ${named}.` : "Compare every group with your copy.",
        reason: "checksum",
        group: found[0] ?? null,
    })
}

/**
 * Lay the mask over the check symbols, or take it off again.
 * @param {number[]} word
 */
function masked(word) {
    return word.map((symbol, place) =>
        place < DATA_SYMBOLS ? symbol : symbol ^ MASK[place - DATA_SYMBOLS],
    )
}

/** @param {number[]} symbols  most significant first */
function fromSymbols(symbols) {
    return symbols.reduce((number, symbol) => (number << 5n) | BigInt(symbol), 0n)
}

/** @param {bigint} number  130 bits */
function toSymbols(number) {
    return Array.from({ length: DATA_SYMBOLS }, (_, place) =>
        Number((number >> BigInt(5 * (DATA_SYMBOLS - 1 - place))) & 31n),
    )
}

/** @param {Uint8Array} bytes  most significant first */
function fromBytes(bytes) {
    return bytes.reduce((number, byte) => (number << 8n) | BigInt(byte), 0n)
}

/** @param {bigint} number  its lowest 128 bits are the secret */
function toBytes(number) {
    return Uint8Array.from({ length: TOKEN_BYTES }, (_, place) =>
        Number((number >> BigInt(8 * (TOKEN_BYTES - 1 - place))) & 255n),
    )
}
