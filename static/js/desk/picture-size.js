/**
 * How large a picture would be once decoded, read from its first bytes: a small file can hold a
 * picture that fills the memory.
 */

/** @typedef {{width: number, height: number}} Size  pixels */

export const MOST_PIXELS = 40_000_000 // 160 MB once decoded; no screenshot comes near
export const READ_AHEAD = 512 * 1024 // bytes; a JPEG may carry that much before its frame
const STANDALONE = new Set([0x01, 0xd0, 0xd1, 0xd2, 0xd3, 0xd4, 0xd5, 0xd6, 0xd7, 0xd8])
const NO_FRAME = new Set([0xc4, 0xc8, 0xcc]) // tables that stand among the frame markers

/**
 * @param {Uint8Array} bytes  the beginning of a file
 * @returns {Size | null} null when it is no PNG, JPEG, GIF or WebP, or does not say
 */
export function pictureSize(bytes) {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    for (const read of [png, gif, webp, jpeg]) {
        try {
            const size = read(view)
            if (size) return size
        } catch (error) {
            if (!(error instanceof RangeError)) throw error // it ends before it says
        }
    }
    return null
}

/** @param {DataView} view @param {number} at @param {string} word */
function says(view, at, word) {
    return [...word].every((letter, place) => view.getUint8(at + place) === letter.charCodeAt(0))
}

/** PNG (Third Edition), 11.2.1. @param {DataView} view @returns {Size | null} */
function png(view) {
    if (!says(view, 0, "\x89PNG\r\n\x1a\n") || !says(view, 12, "IHDR")) return null
    return { width: view.getUint32(16), height: view.getUint32(20) }
}

/** GIF89a, 18. @param {DataView} view @returns {Size | null} */
function gif(view) {
    if (!says(view, 0, "GIF87a") && !says(view, 0, "GIF89a")) return null
    return { width: view.getUint16(6, true), height: view.getUint16(8, true) }
}

/** RFC 9649, 2.5 to 2.7. @param {DataView} view @returns {Size | null} */
function webp(view) {
    if (!says(view, 0, "RIFF") || !says(view, 8, "WEBP")) return null
    if (says(view, 12, "VP8X")) {
        return { width: three(view, 24) + 1, height: three(view, 27) + 1 }
    }
    if (says(view, 12, "VP8L")) {
        const bits = view.getUint32(21, true)
        return { width: (bits & 0x3fff) + 1, height: ((bits >> 14) & 0x3fff) + 1 }
    }
    if (!says(view, 12, "VP8 ")) return null
    return { width: view.getUint16(26, true) & 0x3fff, height: view.getUint16(28, true) & 0x3fff }
}

/** @param {DataView} view @param {number} at @returns {number} of three bytes */
function three(view, at) {
    return view.getUint16(at, true) + (view.getUint8(at + 2) << 16)
}

/** ITU-T T.81, B.1 and B.2.2. @param {DataView} view @returns {Size | null} */
function jpeg(view) {
    if (view.getUint16(0) !== 0xffd8) return null
    for (let at = 2; ; ) {
        if (view.getUint8(at) !== 0xff) return null
        const marker = view.getUint8(at + 1)
        if (marker === 0xff) {
            at += 1 // fill
        } else if (STANDALONE.has(marker)) {
            at += 2
        } else if (marker >= 0xc0 && marker <= 0xcf && !NO_FRAME.has(marker)) {
            return { width: view.getUint16(at + 7), height: view.getUint16(at + 5) }
        } else {
            at += 2 + view.getUint16(at + 2)
        }
    }
}
