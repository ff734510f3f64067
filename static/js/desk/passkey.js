/**
 * Passkeys: asking the browser for one, and writing down its answer field by field.
 *
 * `PublicKeyCredential.toJSON()` is never used: it would carry the output of the PRF extension,
 * with which somebody may have locked their identity, to the server. The server refuses it, too.
 */
import { fromBase64Url, toBase64Url } from "../bytes.js"
import { PasskeyUnavailable } from "../errors.js"

/**
 * @typedef {any} Options  as the portal sends them, bytes in base64url
 * @typedef {{id: string, type: string, response: Record<string, string | string[]>,
 *            clientExtensionResults: {}}} Plain  what the portal reads
 * @typedef {{credentials?: CredentialsContainer}} Means  how to reach the passkeys
 */

/**
 * Make a passkey.
 * @param {Options} options
 * @param {Means} [means]
 * @returns {Promise<Plain>}
 * @throws {PasskeyUnavailable} nobody confirmed, or the browser cannot
 */
export async function created(options, means) {
    const publicKey = /** @type {PublicKeyCredentialCreationOptions} */ ({
        ...options,
        challenge: fromBase64Url(options.challenge),
        user: { ...options.user, id: fromBase64Url(options.user.id) },
        excludeCredentials: known(options.excludeCredentials),
    })
    const made = await answered((passkeys) => passkeys.create({ publicKey }), means)
    const response = /** @type {AuthenticatorAttestationResponse} */ (made.response)
    return plain(made, {
        clientDataJSON: text(response.clientDataJSON),
        attestationObject: text(response.attestationObject),
        transports: response.getTransports?.() ?? [],
    })
}

/**
 * Let a passkey sign.
 * @param {Options} options
 * @param {Means} [means]
 * @returns {Promise<Plain>}
 * @throws {PasskeyUnavailable} nobody confirmed, or the browser cannot
 */
export async function signed(options, means) {
    const publicKey = /** @type {PublicKeyCredentialRequestOptions} */ ({
        ...options,
        challenge: fromBase64Url(options.challenge),
        allowCredentials: known(options.allowCredentials),
    })
    const made = await answered((passkeys) => passkeys.get({ publicKey }), means)
    const response = /** @type {AuthenticatorAssertionResponse} */ (made.response)
    return plain(made, {
        clientDataJSON: text(response.clientDataJSON),
        authenticatorData: text(response.authenticatorData),
        signature: text(response.signature),
        ...(response.userHandle && { userHandle: text(response.userHandle) }),
    })
}

/** @param {{id: string, type: string}[]} [listed] */
function known(listed = []) {
    return listed.map((one) => ({ ...one, id: fromBase64Url(one.id) }))
}

/** @param {ArrayBuffer} buffer */
function text(buffer) {
    return toBase64Url(new Uint8Array(buffer))
}

/** @param {PublicKeyCredential} made @param {Plain["response"]} response @returns {Plain} */
function plain({ id }, response) {
    return { id, type: "public-key", response, clientExtensionResults: {} }
}

/**
 * @param {(passkeys: CredentialsContainer) => Promise<Credential | null>} ask
 * @param {Means} [means]
 * @returns {Promise<PublicKeyCredential>}
 */
async function answered(ask, { credentials = globalThis.navigator?.credentials } = {}) {
    if (!credentials) throw unknownHere()
    try {
        const made = await ask(credentials)
        if (made) return /** @type {PublicKeyCredential} */ (made)
    } catch (fault) {
        throw explained(fault)
    }
    throw unknownHere()
}

/** @param {unknown} fault  of the browser, in words that help nobody */
function explained(fault) {
    const name = fault instanceof Error ? fault.name : ""
    if (name === "InvalidStateError") {
        return new PasskeyUnavailable("This device has a passkey of yours for this desk already.", {
            hint: "Sign in with it, or use another device or security key.",
        })
    }
    if (name === "NotAllowedError" || name === "AbortError") {
        return new PasskeyUnavailable("The passkey was not used: cancelled, or it took too long.", {
            hint: "Try again when the passkey is at hand.",
        })
    }
    return unknownHere()
}

function unknownHere() {
    return new PasskeyUnavailable("This browser offers no passkeys for this address.", {
        hint: "Open the desk at its own https:// address, in a browser that knows passkeys.",
    })
}
