/** Asking the portal whether a target is in scope; `scope-proof.js` checks the signature. */
import { PortalUnreachable } from "./errors.js"
import { jsonObject, refusalFrom } from "./portal-error.js"

/**
 * @typedef {{id: string, text: string}} Question
 * @typedef {{vendor: string, address: string}} Redirect
 * @typedef {Partial<Record<"ips" | "cnames" | "tags", string[]>>} Facts  what is known of a target
 *
 * @typedef {object} Verdict
 * @property {"in" | "out" | "unknown" | "partial" | "review" | "invalid"} ruling
 * @property {{pattern: string, id?: string | null, note?: string | null} | null} rule
 * @property {string} reason
 * @property {string} code
 * @property {string} target
 * @property {Question[]} questions  still open
 * @property {string[]} nearest  what nearly matched, one sentence each
 * @property {string[]} [missing]  kinds of facts that would settle the ruling
 * @property {boolean | null} reward
 * @property {Redirect | null} redirect
 *
 * @typedef {object} Checked  an answer of the right shape; whether it was signed is not known yet
 * @property {Verdict} verdict
 * @property {string | null} receipt  signed by the server
 * @property {string | null} nonce  base64url
 * @property {{version: number, sha256: string}} policy  that was asked
 */

const RULINGS = new Set(["in", "out", "unknown", "partial", "review", "invalid"])

/**
 * @param {string} address  of the program's scope checker
 * @param {{target: string, answers: Record<string, boolean>, facts?: Facts}} asked  the target
 *     as `sentTarget` cut it, and what the asker says of it
 * @param {{signal?: AbortSignal, ask?: typeof fetch}} [means]
 * @returns {Promise<Checked>}
 * @throws {import("./errors.js").PortalRefused} the portal explained why it did not answer
 * @throws {PortalUnreachable} no answer, or not one that was understood
 */
export async function checkTarget(address, asked, { signal, ask = fetch } = {}) {
    const { status, ok, text } = await answered(ask, address, {
        method: "POST",
        headers: { "Content-Type": "application/json", Accept: "application/json" },
        body: JSON.stringify({ target: asked.target, answers: asked.answers, facts: asked.facts }),
        cache: "no-store",
        credentials: "omit",
        referrerPolicy: "no-referrer",
        signal,
    })
    if (!ok) throw refusalFrom(status, text)
    return checkedFrom(jsonObject(text))
}

/**
 * Wait for the whole answer: the line may also break in the middle of it.
 * @param {typeof fetch} ask
 * @param {string} address
 * @param {RequestInit} options
 */
async function answered(ask, address, options) {
    try {
        const answer = await ask(address, options)
        return { status: answer.status, ok: answer.ok, text: await answer.text() }
    } catch (error) {
        if (options.signal?.aborted) throw error
        throw new PortalUnreachable("The scope checker could not be reached.")
    }
}

/** @param {Record<string, any>} raw @returns {Checked} */
function checkedFrom({ verdict, receipt, nonce, policy }) {
    const sound =
        RULINGS.has(verdict?.ruling) &&
        [verdict.reason, verdict.code, verdict.target].every(isText) &&
        [receipt, nonce].every((text) => text === null || isText(text)) &&
        isListOf(verdict.questions, (one) => isText(one?.id) && isText(one?.text)) &&
        isListOf(verdict.nearest, isText) &&
        (verdict.redirect === null || isRedirect(verdict.redirect)) &&
        (verdict.rule === null || isRule(verdict.rule)) &&
        Number.isInteger(policy?.version) &&
        isText(policy.sha256)
    if (!sound) throw new PortalUnreachable("The scope checker's answer was not understood.")
    return { verdict, receipt, nonce, policy }
}

/** @param {any} raw */
function isRule(raw) {
    const optional = [raw?.id ?? null, raw?.note ?? null]
    return isText(raw?.pattern) && optional.every((text) => text === null || isText(text))
}

/** @param {any} raw  a link that a page may show: never a `javascript:` address */
function isRedirect(raw) {
    const named = isText(raw?.vendor) && isText(raw.address)
    return named && /^(?:https:\/\/|mailto:)/i.test(raw.address)
}

/** @param {unknown} raw @param {(one: any) => boolean} test */
function isListOf(raw, test) {
    return Array.isArray(raw) && raw.every(test)
}

/** @param {unknown} raw */
function isText(raw) {
    return typeof raw === "string"
}
