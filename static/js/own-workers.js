/**
 * The workers of these pages, and no others.
 *
 * The pages' Trusted Types policy takes the addresses that stand here, so that injected text can
 * never become a script.
 */

export const SEALING = new URL("./seal-worker.js", import.meta.url).href
export const VAULT = new URL("./desk/vault-worker.js", import.meta.url).href

/** @type {{createScriptURL(address: string): string} | null} */
let policy = null // a page may create its policy once only

/**
 * @param {string} address  one of those above
 * @returns {Worker}
 * @throws {Error} the browser will not start it
 */
export function startWorker(address) {
    return new Worker(trusted(address), { type: "module" })
}

/** @param {string} address @returns {string} in the form the browser trusts */
function trusted(address) {
    const { trustedTypes } = /** @type {{trustedTypes?: TrustedTypes}} */ (globalThis)
    if (!trustedTypes) return address
    policy ??= trustedTypes.createPolicy("portico", { createScriptURL: known })
    return policy.createScriptURL(address)
}

/** @param {string} address */
function known(address) {
    if (address === SEALING || address === VAULT) return address
    throw new TypeError("not a worker of these pages")
}

/**
 * What is used of the Trusted Types API (W3C), which the type library does not carry.
 * @typedef {{createPolicy(name: string, rules: {createScriptURL(address: string): string}):
 *     {createScriptURL(address: string): string}}} TrustedTypes
 */
