/** From what a reporter filled in to what the worker seals and the portal receives. */
import { ed25519, identityToRecipient } from "../vendor/age.js"
import { toBase64Url } from "./bytes.js"
import { reportDocument } from "./report-document.js"
import { Token } from "./token.js"

/**
 * @typedef {import("./keyset.js").Keyset} Keyset
 * @typedef {import("./page-facts.js").PageFacts} PageFacts
 * @typedef {import("./sealing-job.js").Job} Job
 * @typedef {import("./sealing-job.js").Envelope} Envelope
 *
 * @typedef {object} Draft  what stands in the form, valid
 * @property {import("./form-kinds.js").Kind} kind
 * @property {import("./form-kinds.js").Flags} flags
 * @property {import("./report-document.js").TargetAnswer} target
 * @property {Record<string, string>} fields
 * @property {{attested: string[], used: string[]}} conduct
 * @property {{blob: Blob, name: string}[]} files
 * @property {boolean} reply  whether the reporter wants to read the report again
 * @property {import("./report-document.js").Words} words
 *
 * @typedef {object} Parcel  a sealed draft; sent again as it is, should the line break
 * @property {Token} token
 * @property {import("./delivery.js").Delivery} delivery
 *
 * @typedef {{page: PageFacts, keyset: Keyset, now: number}} Circumstances  `now` in seconds
 */

/**
 * Mint a token and seal the draft to the staff's keys, and to the reporter's own if they wish.
 * @param {Draft} draft
 * @param {Circumstances} circumstances
 * @param {(job: Job) => Promise<Envelope[]>} seal
 * @returns {Promise<Parcel>}
 * @throws {import("./errors.js").SealingRefused}
 */
export async function parcelOf(draft, { page, keyset, now }, seal) {
    const token = Token.mint()
    const own = draft.reply ? await replyRecipient(token, keyset.kind) : null
    const envelopes = await seal({
        recipients: own ? [...keyset.recipients, own] : keyset.recipients,
        document: documentOf(draft, { page, keyset, now }, token, own),
        words: draft.words,
        files: draft.files,
        now,
    })
    const delivery = {
        lookup: token.lookup,
        kind: draft.kind,
        flags: draft.flags,
        policy: page.policy.version,
        keyset: keyset.version,
        scopeReceipt: draft.target.receipt,
        reply: own !== null,
        envelopes,
    }
    return { token, delivery }
}

/**
 * @param {Draft} draft
 * @param {Circumstances} circumstances
 * @param {Token} token
 * @param {string | null} recipient  the reporter's own
 */
function documentOf(draft, { page, keyset, now }, token, recipient) {
    return reportDocument({
        program: page.program,
        policy: page.policy,
        keyset: { version: keyset.version, root: keyset.fingerprint },
        build: page.build,
        kind: draft.kind,
        flags: draft.flags,
        target: draft.target,
        fields: draft.fields,
        conduct: draft.conduct,
        reporter: { recipient, signing_key: toBase64Url(ed25519.getPublicKey(token.signingSeed)) },
        written_at: new Date(now * 1000).toISOString().replace(".000Z", "Z"),
    })
}

/**
 * @param {Token} token
 * @param {import("./recipients.js").Kind} kind  of the keyset; one file never mixes kinds
 */
async function replyRecipient(token, kind) {
    const replyKind = kind === "hybrid" ? "mlkem768x25519" : "x25519"
    return await identityToRecipient(token.replyIdentity(replyKind))
}
