/**
 * Taking hidden data out of a JPEG without touching a pixel (ITU-T T.81, annex B).
 *
 * Kept: what is needed to decode it, and which way is up. Dropped: Exif, XMP, IPTC, C2PA, comments,
 * thumbnails, colour profiles (a calibrated screen's is as good as a serial number), resolution,
 * segments nobody knows, and whatever follows the end of the picture.
 */
import { orientationOf, uprightTiff } from "./exif-orientation.js"
import { joined } from "./streams.js"

const [SOI, EOI, SOS] = [0xd8, 0xd9, 0xda]
const [APP0, APP1, APP14] = [0xe0, 0xe1, 0xee]
const DAC = 0xcc
const EXIF = "Exif\0\0"
// A JFIF header that says only that pixels are square: no resolution, no thumbnail.
const PLAIN_JFIF = [0x4a, 0x46, 0x49, 0x46, 0, 1, 1, 0, 0, 1, 0, 1, 0, 0]

/** @param {Uint8Array} bytes */
export function isJpeg(bytes) {
    return bytes[0] === 0xff && bytes[1] === SOI && bytes[2] === 0xff
}

/**
 * @param {Uint8Array} bytes
 * @returns {Uint8Array} the same picture with nothing hidden in it
 * @throws {RangeError} it is damaged, so nobody can say what it hides
 */
export function cleanJpeg(bytes) {
    const kept = [bytes.subarray(0, 2)]
    let at = 2
    for (;;) {
        const marker = markerAt(bytes, at)
        if (marker === EOI) return joined([...kept, Uint8Array.of(0xff, EOI)])
        const end = at + 2 + lengthAt(bytes, at + 2)
        if (end > bytes.length) throw new RangeError("a segment is cut off")
        const body = bytes.subarray(at + 4, end)
        const clean = cleanSegment(marker, body, bytes.subarray(at, end))
        if (clean) kept.push(clean)
        at = marker === SOS ? scanEnd(bytes, end) : end
        if (marker === SOS) kept.push(bytes.subarray(end, at))
    }
}

/**
 * @param {number} marker
 * @param {Uint8Array} body
 * @param {Uint8Array} whole  marker and length included
 * @returns {Uint8Array | null} null to drop it
 */
function cleanSegment(marker, body, whole) {
    if (marker === APP0) return startsWith(body, "JFIF\0") ? segment(APP0, PLAIN_JFIF) : null
    if (marker === APP1 && startsWith(body, "Exif\0")) return orientationOnly(body)
    if (marker === APP14) return startsWith(body, "Adobe") ? adobe(body) : null
    return isNeeded(marker) ? whole : null
}

/** @param {number} marker  @returns {boolean} whether a decoder needs the segment: table B.1 */
function isNeeded(marker) {
    const frame = marker >= 0xc0 && marker <= DAC && marker !== 0xc8
    return frame || (marker >= 0xcd && marker <= 0xcf) || (marker >= SOS && marker <= 0xdf)
}

/** @param {number} marker @param {Iterable<number>} body */
function segment(marker, body) {
    const bytes = [...body]
    const length = bytes.length + 2
    return Uint8Array.of(0xff, marker, length >> 8, length & 255, ...bytes)
}

/** @param {Uint8Array} body  @returns {Uint8Array | null} how colours are coded, nothing more */
function adobe(body) {
    if (body.length < 12) throw new RangeError("the Adobe segment is cut off")
    return segment(APP14, body.subarray(0, 12))
}

/** @param {Uint8Array} body  @returns {Uint8Array | null} of Exif, only which way is up */
function orientationOnly(body) {
    const turned = orientationOf(body.subarray(EXIF.length))
    if (turned === 1) return null
    const start = [...EXIF].map((letter) => letter.charCodeAt(0))
    return segment(APP1, [...start, ...uprightTiff(turned)])
}

/** @param {Uint8Array} bytes @param {number} at */
function markerAt(bytes, at) {
    if (bytes[at] !== 0xff || bytes[at + 1] < 0xc0) throw new RangeError("a marker is missing")
    return bytes[at + 1]
}

/** @param {Uint8Array} bytes @param {number} at */
function lengthAt(bytes, at) {
    const length = (bytes[at] << 8) | bytes[at + 1]
    if (!(length >= 2)) throw new RangeError("a segment has no length")
    return length
}

/**
 * @param {Uint8Array} bytes
 * @param {number} at  start of compressed data
 * @returns {number} where its next marker stands; stuffed bytes and restarts belong to the data
 */
function scanEnd(bytes, at) {
    for (let next = bytes.indexOf(0xff, at); next >= 0; next = bytes.indexOf(0xff, next + 1)) {
        const code = bytes[next + 1]
        if (code !== 0 && code !== 0xff && !(code >= 0xd0 && code <= 0xd7)) return next
    }
    throw new RangeError("the picture is cut off")
}

/** @param {Uint8Array} bytes @param {string} text */
function startsWith(bytes, text) {
    return [...text].every((letter, at) => bytes[at] === letter.charCodeAt(0))
}
