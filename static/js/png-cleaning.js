/**
 * Taking hidden data out of a PNG, which is made of named chunks (PNG third edition, section 11).
 *
 * Only what a decoder needs for the same pixels is kept, so unknown chunks cannot smuggle anything.
 * Colour profiles, chromaticities and resolution go: they name a screen.
 */
import { crc32 } from "./crc32.js"
import { orientationOf, uprightTiff } from "./exif-orientation.js"
import { joined } from "./streams.js"

const START = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]
const KEPT = new Set(
    "IHDR PLTE IDAT IEND tRNS bKGD acTL fcTL fdAT gAMA sBIT sRGB cICP".split(" "),
)
const EXIF = "eXIf"

/** @param {Uint8Array} bytes */
export function isPng(bytes) {
    return START.every((byte, at) => bytes[at] === byte)
}

/**
 * @param {Uint8Array} bytes
 * @returns {Uint8Array} the same picture, up to its end mark
 * @throws {RangeError} it is damaged
 */
export function cleanPng(bytes) {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    const kept = [bytes.subarray(0, START.length)]
    for (let at = START.length; ; ) {
        const name = String.fromCharCode(...bytes.subarray(at + 4, at + 8))
        const end = at + 12 + view.getUint32(at) // a RangeError past the end
        if (end > bytes.length) throw new RangeError("a chunk is cut off")
        if (KEPT.has(name)) kept.push(bytes.subarray(at, end))
        if (name === EXIF) kept.push(upright(bytes.subarray(at + 8, end - 4)))
        if (name === "IEND") return joined(kept)
        at = end
    }
}

/** @param {Uint8Array} tiff  @returns {Uint8Array} a chunk that says which way is up, or nothing */
function upright(tiff) {
    const turned = orientationOf(tiff)
    if (turned === 1) return new Uint8Array(0)
    const body = Uint8Array.of(...[...EXIF].map((one) => one.charCodeAt(0)), ...uprightTiff(turned))
    const chunk = new Uint8Array(body.length + 8)
    chunk.set(body, 4)
    const view = new DataView(chunk.buffer)
    view.setUint32(0, body.length - 4)
    view.setUint32(4 + body.length, crc32(body))
    return chunk
}
