/**
 * Checking that a ruling is what the portal signed, for the target it names.
 *
 * What a page shows must be what the receipt can prove later, or the receipt would prove something
 * else than the reporter saw.
 */
import { sha256 } from "../vendor/age.js"
import { fromBase64Url, toHex, utf8 } from "./bytes.js"
import { VerdictUnproven } from "./errors.js"
import { SCOPE_RECEIPT, verify } from "./statement.js"

/**
 * @typedef {import("./scope-client.js").Checked} Checked
 * @typedef {import("./keyset.js").Keyset} Keyset
 * @typedef {Pick<Keyset, "receiptKey" | "program">} Keys  who may sign, and for which program
 */

const NONCE_BYTES = 16 // as `portal/intake/checking.py` makes them

/**
 * @param {Checked} checked
 * @param {Keys} keys
 * @returns {Checked} the same
 * @throws {VerdictUnproven} not signed by the receipt key, or signed for another answer
 */
export function requireProof(checked, { receiptKey, program }) {
    const { verdict, receipt, nonce, policy } = checked
    if (receipt === null || nonce === null) throw new VerdictUnproven("it came without a signature")
    const claims = signedClaims(receipt, receiptKey)
    const signed = /** @type {Record<string, unknown>} */ (claims.policy ?? {})
    const pairs = [
        [program, claims.program],
        [verdict.ruling, claims.ruling],
        [verdict.rule?.id ?? null, claims.rule],
        [verdict.code, claims.code],
        [policy.version, signed.version],
        [policy.sha256, signed.sha256],
        [targetHash(nonce, verdict.target), claims.target_hash],
    ]
    if (verdict.redirect !== null && verdict.ruling !== "out") {
        throw new VerdictUnproven("it sends a report elsewhere that no rule excludes")
    }
    if (pairs.every(([shown, said]) => shown === said)) return checked
    throw new VerdictUnproven("the portal signed another answer than the one it gave")
}

/** Holds one answer after the other against a keyset that is fetched when the first needs it. */
export class Prover {
    #fetch
    /** @type {Keyset | null} */
    #keyset = null

    /** @param {() => Promise<Keyset>} fetchKeyset  the program's keyset, verified */
    constructor(fetchKeyset) {
        this.#fetch = fetchKeyset
    }

    /**
     * @param {Checked} checked
     * @returns {Promise<Checked>} the same
     * @throws {VerdictUnproven} it is not what the portal signed
     * @throws {import("./errors.js").PorticoError} there is no keyset to hold it against
     */
    async prove(checked) {
        if (rulesNothing(checked)) return checked
        const held = this.#keyset
        try {
            return requireProof(checked, held ?? (await this.#fresh()))
        } catch (error) {
            if (held === null || !(error instanceof VerdictUnproven)) throw error
            return requireProof(checked, await this.#fresh()) // the key may be a new one by now
        }
    }

    async #fresh() {
        return (this.#keyset = await this.#fetch())
    }
}

/**
 * A text that names no target gets no receipt, and no rule or vendor either.
 * @param {Checked} checked
 */
function rulesNothing({ verdict, receipt, nonce }) {
    const bare = [receipt, nonce, verdict.rule, verdict.redirect].every((part) => part === null)
    return verdict.ruling === "invalid" && bare
}

/** @param {string} receipt @param {Uint8Array} key */
function signedClaims(receipt, key) {
    try {
        return verify(receipt, { key, typ: SCOPE_RECEIPT })
    } catch {
        throw new VerdictUnproven("it does not carry the portal's signature")
    }
}

/** @param {string} nonce  base64url @param {string} target  normalised */
function targetHash(nonce, target) {
    const salt = salted(nonce)
    if (salt.length !== NONCE_BYTES) throw new VerdictUnproven("its code is damaged")
    return toHex(sha256(new Uint8Array([...salt, ...utf8(target)])))
}

/** @param {string} nonce */
function salted(nonce) {
    try {
        return fromBase64Url(nonce)
    } catch {
        return new Uint8Array()
    }
}
