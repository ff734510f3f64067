/**
 * Taking hidden data out of a JPEG without touching a pixel (ITU-T T.81, annex B).
 *
 * Kept: what is needed to decode and to show the right colours and the right way up. Dropped: Exif,
 * XMP, IPTC, C2PA, comments, thumbnails, and whatever follows the end of the picture.
 */
import { joined } from "./streams.js"

const [SOI, EOI, SOS, COM] = [0xd8, 0xd9, 0xda, 0xfe]
const [APP0, APP1, APP2, APP14, APP15] = [0xe0, 0xe1, 0xe2, 0xee, 0xef]
const JFIF_LENGTH = 14 // bytes of a JFIF header without its thumbnail
const ORIENTATION = 0x0112 // Exif tag

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
    if (marker === APP0) return startsWith(body, "JFIF\0") ? jfif(body) : null
    if (marker === APP1 && startsWith(body, "Exif\0")) return orientationOnly(body.subarray(6))
    if (marker === APP1) return null
    if (marker === APP2) return startsWith(body, "ICC_PROFILE\0") ? whole : null
    if (marker === APP14) return startsWith(body, "Adobe") ? whole : null // how colours are coded
    return (marker > APP2 && marker <= APP15) || marker === COM ? null : whole
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

/** @param {Uint8Array} body  @returns {Uint8Array} without its thumbnail */
function jfif(body) {
    if (body.length < JFIF_LENGTH) throw new RangeError("the JFIF header is cut off")
    const plain = body.slice(0, JFIF_LENGTH)
    plain[12] = plain[13] = 0
    return joined([Uint8Array.of(0xff, APP0, 0, JFIF_LENGTH + 2), plain])
}

/**
 * Keep of Exif only which way is up.
 * @param {Uint8Array} tiff
 * @returns {Uint8Array | null}
 */
function orientationOnly(tiff) {
    const turned = orientationOf(tiff)
    if (turned <= 1 || turned > 8) return null
    const exif = [0x45, 0x78, 0x69, 0x66, 0, 0, 0x4d, 0x4d, 0, 42, 0, 0, 0, 8] // "Exif", big-endian
    const tag = [0, 1, ORIENTATION >> 8, ORIENTATION & 255, 0, 3, 0, 0, 0, 1, 0, turned, 0, 0]
    const body = [...exif, ...tag, 0, 0, 0, 0]
    return Uint8Array.of(0xff, APP1, 0, body.length + 2, ...body)
}

/** @param {Uint8Array} tiff @returns {number} 1 when it does not say */
function orientationOf(tiff) {
    try {
        const view = new DataView(tiff.buffer, tiff.byteOffset, tiff.byteLength)
        const little = view.getUint16(0) === 0x4949
        const first = view.getUint32(4, little)
        const count = view.getUint16(first, little)
        for (let entry = first + 2; entry < first + 2 + 12 * count; entry += 12) {
            const tag = view.getUint16(entry, little)
            if (tag === ORIENTATION) return view.getUint16(entry + 8, little)
        }
    } catch {
        // damaged Exif is dropped like any other
    }
    return 1
}

/** @param {Uint8Array} bytes @param {string} text */
function startsWith(bytes, text) {
    return [...text].every((letter, at) => bytes[at] === letter.charCodeAt(0))
}
