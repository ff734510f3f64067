/**
 * Taking hidden data out of PNG and WebP pictures, which are made of named chunks.
 *
 * Only chunks that a decoder needs are kept (PNG third edition, section 11; WebP container, RFC
 * 9649 section 2.7), so unknown ones cannot smuggle anything.
 */
import { joined } from "./streams.js"

const PNG_START = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]
const PNG_KEPT = new Set(
    ["IHDR PLTE IDAT IEND tRNS bKGD pHYs acTL fcTL fdAT", "cHRM gAMA iCCP sBIT sRGB cICP mDCV cLLI"]
        .join(" ")
        .split(" "),
)
const WEBP_KEPT = new Set(["VP8 ", "VP8L", "VP8X", "ALPH", "ANIM", "ANMF", "ICCP"])
const WEBP_METADATA = 0x08 | 0x04 // flags of VP8X: there is Exif, there is XMP

/** @param {Uint8Array} bytes */
export function isPng(bytes) {
    return PNG_START.every((byte, at) => bytes[at] === byte)
}

/** @param {Uint8Array} bytes */
export function isWebp(bytes) {
    return nameAt(bytes, 0) === "RIFF" && nameAt(bytes, 8) === "WEBP"
}

/**
 * @param {Uint8Array} bytes
 * @returns {Uint8Array} the same picture, up to its end mark
 * @throws {RangeError} it is damaged
 */
export function cleanPng(bytes) {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    const kept = [bytes.subarray(0, 8)]
    for (let at = 8; ; ) {
        const name = nameAt(bytes, at + 4)
        const end = at + 12 + view.getUint32(at) // a RangeError past the end
        if (end > bytes.length) throw new RangeError("a chunk is cut off")
        if (PNG_KEPT.has(name)) kept.push(bytes.subarray(at, end))
        if (name === "IEND") return joined(kept)
        at = end
    }
}

/**
 * @param {Uint8Array} bytes
 * @returns {Uint8Array} the same picture, with its length and flags put right
 * @throws {RangeError} it is damaged
 */
export function cleanWebp(bytes) {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    const stop = 8 + view.getUint32(4, true)
    if (stop > bytes.length) throw new RangeError("the picture is cut off")
    const kept = []
    for (let at = 12; at + 8 <= stop; ) {
        const length = view.getUint32(at + 4, true)
        const end = at + 8 + length + (length % 2)
        if (end > stop) throw new RangeError("a chunk is cut off")
        const name = nameAt(bytes, at)
        const chunk = bytes.slice(at, end)
        if (WEBP_KEPT.has(name)) kept.push(name === "VP8X" ? unflagged(chunk) : chunk)
        at = end
    }
    if (kept.length === 0) throw new RangeError("there is no picture in it")
    return joined([riff(kept.reduce((sum, { length }) => sum + length, 4)), ...kept])
}

/** @param {Uint8Array} chunk */
function unflagged(chunk) {
    chunk[8] &= ~WEBP_METADATA
    return chunk
}

/** @param {number} length  bytes after the length field */
function riff(length) {
    const head = new Uint8Array(12)
    head.set([0x52, 0x49, 0x46, 0x46])
    new DataView(head.buffer).setUint32(4, length, true)
    head.set([0x57, 0x45, 0x42, 0x50], 8)
    return head
}

/** @param {Uint8Array} bytes @param {number} at */
function nameAt(bytes, at) {
    return String.fromCharCode(...bytes.subarray(at, at + 4))
}
