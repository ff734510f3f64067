/**
 * The staff API as every page of the desk asks it.
 *
 * Changes carry the cross-site token of the session. Whoever is not signed in is led to the page
 * for that; an act that takes the passkey once more asks for it, and is then done again, once.
 */
import { PortalUnreachable } from "../errors.js"
import { jsonObject, refusalFrom } from "../portal-error.js"

/**
 * @typedef {{id: string, name: string, roles: Record<string, string>, token: string | null}} Me
 * @typedef {{stranger?: boolean, confirmed?: boolean}} Means  a stranger has no session yet, and
 *   stays on the page; whoever has just confirmed is not asked for the passkey a second time
 */

const SIGN_IN = "/staff/sign-in"

/** @type {Promise<Me> | null} */
let known = null

/**
 * Say who is signed in; asked once per page.
 * @returns {Promise<Me>}
 */
export function me() {
    known ??= get("/staff/api/me").then((found) => /** @type {Me} */ (/** @type {unknown} */ (found)))
    known.catch(() => (known = null))
    return known
}

/**
 * @param {string} path  below `/staff/api/`
 * @returns {Promise<Record<string, any>>}
 * @throws {import("../errors.js").PortalRefused} the portal says no, and what to do next
 * @throws {PortalUnreachable} no answer, or not one that was understood
 */
export async function get(path) {
    return object(await ask(path))
}

/**
 * @param {string} path
 * @param {unknown} [body]  becomes JSON
 * @param {Means} [means]
 * @returns {Promise<Record<string, any>>}
 * @throws {import("../errors.js").PortalRefused | PortalUnreachable}
 */
export async function post(path, body = {}, means = {}) {
    const headers = { "Content-Type": "application/json" }
    return object(await ask(path, { method: "POST", headers, body: JSON.stringify(body) }, means))
}

/**
 * @param {string} path
 * @param {unknown} [body]  becomes JSON
 * @returns {Promise<Record<string, any>>}
 * @throws {import("../errors.js").PortalRefused | PortalUnreachable}
 */
export async function remove(path, body) {
    const headers = { "Content-Type": "application/json" }
    const sent = body === undefined ? {} : { headers, body: JSON.stringify(body) }
    return object(await ask(path, { method: "DELETE", ...sent }))
}

/**
 * Send fields and files.
 * @param {string} path
 * @param {FormData} form
 * @returns {Promise<Record<string, any>>}
 * @throws {import("../errors.js").PortalRefused | PortalUnreachable}
 */
export async function send(path, form) {
    return object(await ask(path, { method: "POST", body: form }))
}

/**
 * Fetch a file whole.
 * @param {string} path
 * @param {unknown} [body]  what the portal makes the file of; becomes JSON
 * @returns {Promise<Blob>}
 * @throws {import("../errors.js").PortalRefused | PortalUnreachable}
 */
export async function fetchBlob(path, body) {
    const headers = { "Content-Type": "application/json" }
    const posted = { method: "POST", headers, body: JSON.stringify(body) }
    const answer = await ask(path, body === undefined ? {} : posted)
    return unbroken(() => answer.blob())
}

/**
 * Ask, and return the answer once it is a good one; its body can still be streamed.
 * @param {string} path
 * @param {RequestInit} [options]
 * @param {Means} [means]
 * @returns {Promise<Response>}
 * @throws {import("../errors.js").PortalRefused | PortalUnreachable}
 */
export async function ask(path, options = {}, means = {}) {
    const answer = await asked(path, options, means)
    if (answer.ok) return answer
    const refused = refusalFrom(answer.status, await unbroken(() => answer.text()))
    if (refused.code === "confirmation-needed" && !means.confirmed) {
        const { confirmPresence } = await import("./confirming.js")
        await confirmPresence()
        return ask(path, options, { ...means, confirmed: true })
    }
    if (answer.status === 401 && !means.stranger) location.assign(SIGN_IN)
    throw refused
}

/** @param {string} path @param {RequestInit} options @param {Means} means */
async function asked(path, options, { stranger = false }) {
    const headers = new Headers(options.headers)
    headers.set("Accept", "application/json, */*;q=0.5")
    const token = options.method && !stranger ? (await me()).token : null
    if (token) headers.set("X-CSRFToken", token)
    const kept = { cache: "no-store", credentials: "same-origin", referrerPolicy: "no-referrer" }
    return unbroken(() => fetch(path, /** @type {RequestInit} */ ({ ...kept, ...options, headers })))
}

/** @param {Response} answer @returns {Promise<Record<string, any>>} */
async function object(answer) {
    return jsonObject(await unbroken(() => answer.text()))
}

/**
 * A line can break before the answer, or in the middle of it.
 * @template T
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
async function unbroken(work) {
    try {
        return await work()
    } catch (fault) {
        if (fault instanceof TypeError || fault instanceof DOMException) {
            throw new PortalUnreachable("The portal could not be reached.")
        }
        throw fault
    }
}
