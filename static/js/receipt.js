/** Checking that the portal's receipt is about what was sent. */
import { isSecond } from "./dates.js"
import { PortalUnreachable } from "./errors.js"
import { isDeadline } from "./standing.js"
import { REPORT_RECEIPT, verify } from "./statement.js"

/**
 * @typedef {import("./sealing-job.js").Envelope} Envelope
 * @typedef {import("./timeline.js").Deadline} Deadline
 *
 * @typedef {object} Proven
 * @property {string} report  its name on the portal
 * @property {number} receivedAt  seconds since 1970
 * @property {Deadline[]} deadlines
 *
 * @typedef {object} Expected  what was sent, and to whom
 * @property {Uint8Array} key
 * @property {string} program
 * @property {import("./form-kinds.js").Kind} kind
 * @property {import("./form-kinds.js").Flags} flags
 * @property {Envelope[]} envelopes
 */

const OTHER_NATURE =
    "The receipt says another kind of report, or other ticks, than were sent: it may wait too long."


/**
 * @param {string} receipt
 * @param {Expected} expected
 * @returns {Proven}
 * @throws {import("./errors.js").StatementRefused} not signed by the key the keyset names
 * @throws {PortalUnreachable} signed, but about something else than what was sent
 */
export function proven(receipt, { key, program, kind, flags, envelopes }) {
    const claims = verify(receipt, { key, typ: REPORT_RECEIPT })
    const listed = Array.isArray(claims.envelopes) ? claims.envelopes : []
    const same =
        claims.program === program &&
        listed.length === envelopes.length &&
        envelopes.every((sent) => listed.some((kept) => isAbout(kept, sent)))
    if (!same) throw new PortalUnreachable("The receipt is not about the report that was sent.")
    // What it was filed as decides which clocks run, and how soon somebody looks.
    if (!isFiledAs(claims, kind, flags)) throw new PortalUnreachable(OTHER_NATURE)
    const { report, iat, deadlines } = claims
    const plain = typeof report === "string" && isSecond(iat) && Array.isArray(deadlines)
    if (plain && deadlines.every(isDeadline)) return factsOf(claims)
    throw new PortalUnreachable("What the receipt says was not understood.")
}

/**
 * Compare an envelope of a receipt with one that was sent. The header counts like the payload: it
 * says who can open the file.
 * @param {any} kept
 * @param {Envelope} sent
 */
function isAbout(kept, { role, length, headerSha256, payloadSha256 }) {
    return (
        kept?.role === role &&
        kept.length === length &&
        kept.header_sha256 === headerSha256 &&
        kept.payload_sha256 === payloadSha256
    )
}

/**
 * @param {Record<string, any>} claims
 * @param {import("./form-kinds.js").Kind} kind
 * @param {import("./form-kinds.js").Flags} flags
 */
function isFiledAs(claims, kind, flags) {
    const { exposed, exploited } = flags
    return claims.kind === kind && claims.exposed === exposed && claims.exploited === exploited
}

/**
 * See whether a receipt proves what it should. The report is kept in either case, so a doubt is
 * something to say and not an error.
 * @param {import("./delivery.js").Kept} kept  as the portal answered
 * @param {Expected} expected
 * @returns {{facts: Proven, doubt: string | null}} why it cannot be relied on; null when it can
 */
export function judged({ receipt, claims }, expected) {
    try {
        return { facts: proven(receipt, expected), doubt: null }
    } catch (error) {
        const reason = error instanceof Error ? error.message : String(error)
        const doubt = `${reason} Save it all the same, and tell the program's staff.`
        return { facts: factsOf(claims), doubt }
    }
}

/**
 * Read what a receipt says, signed or not, leaving out what no page could show.
 * @param {Record<string, any>} claims
 * @returns {Proven}
 */
function factsOf({ report, iat, deadlines }) {
    return {
        report: typeof report === "string" ? report : "",
        receivedAt: isSecond(iat) ? iat : 0,
        deadlines: Array.isArray(deadlines) ? deadlines.filter(isDeadline) : [],
    }
}
