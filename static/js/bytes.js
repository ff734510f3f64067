/** Bytes as text and back: hexadecimal, base64url and UTF-8. */

const ENCODER = new TextEncoder()

/** @typedef {Uint8Array<ArrayBuffer>} Bytes  plain bytes, fit for Blob and postMessage */

/**
 * @param {string} text
 * @returns {Bytes} its UTF-8 bytes
 */
export function utf8(text) {
    return new Uint8Array(ENCODER.encode(text))
}

/**
 * @param {Uint8Array} bytes
 * @returns {string} lower-case hexadecimal
 */
export function toHex(bytes) {
    return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("")
}

/**
 * @param {Uint8Array} bytes
 * @returns {string} base64 with padding (RFC 4648 section 4)
 */
export function toBase64(bytes) {
    return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""))
}

/**
 * @param {string} text  base64, from our own portal
 * @returns {Bytes}
 */
export function fromBase64(text) {
    return Uint8Array.from(atob(text), (character) => character.charCodeAt(0))
}

/**
 * @param {Uint8Array} bytes
 * @returns {string} base64url without padding (RFC 4648 section 5)
 */
export function toBase64Url(bytes) {
    return toBase64(bytes).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "")
}

/**
 * Read base64url without padding; only the one canonical spelling is taken.
 * @param {string} text
 * @returns {Bytes}
 */
export function fromBase64Url(text) {
    if (!/^[A-Za-z0-9_-]*$/.test(text)) throw new RangeError("not base64url")
    const bytes = fromBase64(text.replaceAll("-", "+").replaceAll("_", "/"))
    if (toBase64Url(bytes) !== text) throw new RangeError("not canonical base64url")
    return bytes
}
