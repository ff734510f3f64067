/** Asking the portal whether a target is in scope. */
import { PortalUnreachable } from "./errors.js"
import { jsonObject, refusalFrom } from "./portal-error.js"

/**
 * @typedef {{id: string, text: string}} Question
 * @typedef {{vendor: string, address: string}} Redirect
 *
 * @typedef {object} Verdict
 * @property {"in" | "out" | "unknown" | "partial" | "review" | "invalid"} ruling
 * @property {{pattern: string, id?: string | null, note?: string | null} | null} rule
 * @property {string} reason
 * @property {string} code
 * @property {string} target
 * @property {Question[]} questions  still open
 * @property {string[]} nearest  what nearly matched, one sentence each
 * @property {boolean | null} reward
 * @property {Redirect | null} redirect
 *
 * @typedef {object} Checked
 * @property {Verdict} verdict
 * @property {string | null} receipt  signed by the server
 * @property {string | null} nonce  base64url
 */

const RULINGS = new Set(["in", "out", "unknown", "partial", "review", "invalid"])

/**
 * @param {string} address  of the program's scope checker
 * @param {{target: string, answers: Record<string, boolean>}} asked  as `sentTarget` cut it
 * @param {{signal?: AbortSignal, ask?: typeof fetch}} [means]
 * @returns {Promise<Checked>}
 * @throws {import("./errors.js").PortalRefused} the portal explained why it did not answer
 * @throws {PortalUnreachable} no answer, or not one that was understood
 */
export async function checkTarget(address, asked, { signal, ask = fetch } = {}) {
    const answer = await ask(address, {
        method: "POST",
        headers: { "Content-Type": "application/json", Accept: "application/json" },
        body: JSON.stringify({ target: asked.target, answers: asked.answers }),
        cache: "no-store",
        credentials: "omit",
        referrerPolicy: "no-referrer",
        signal,
    }).catch((error) => {
        if (signal?.aborted) throw error
        throw new PortalUnreachable("The scope checker could not be reached.")
    })
    const text = await answer.text()
    if (!answer.ok) throw refusalFrom(answer.status, text)
    return checkedFrom(jsonObject(text))
}

/** @param {Record<string, any>} raw @returns {Checked} */
function checkedFrom({ verdict, receipt, nonce }) {
    const sound =
        RULINGS.has(verdict?.ruling) &&
        [verdict.reason, verdict.code, verdict.target].every(isText) &&
        [receipt, nonce].every((text) => text === null || isText(text)) &&
        isListOf(verdict.questions, (one) => isText(one?.id) && isText(one?.text)) &&
        isListOf(verdict.nearest, isText) &&
        (verdict.redirect === null || isRedirect(verdict.redirect)) &&
        (verdict.rule === null || isText(verdict.rule?.pattern))
    if (!sound) throw new PortalUnreachable("The scope checker's answer was not understood.")
    return { verdict, receipt, nonce }
}

/** @param {any} raw  a link that a page may show: never a `javascript:` address */
function isRedirect(raw) {
    return isText(raw.vendor) && isText(raw.address) && /^(?:https:\/\/|mailto:)/i.test(raw.address)
}

/** @param {unknown} raw @param {(one: any) => boolean} test */
function isListOf(raw, test) {
    return Array.isArray(raw) && raw.every(test)
}

/** @param {unknown} raw */
function isText(raw) {
    return typeof raw === "string"
}
