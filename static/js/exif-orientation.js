/** Which way up a picture is: the one thing in its Exif data that is worth keeping (Exif 3.0). */

const ORIENTATION = 0x0112 // tag
const TURNED = [2, 3, 4, 5, 6, 7, 8]

/**
 * @param {Uint8Array} tiff  Exif data without the word that introduces it
 * @returns {number} 2 to 8; 1 when the picture is the right way up, or does not say
 */
export function orientationOf(tiff) {
    try {
        const found = tagOf(new DataView(tiff.buffer, tiff.byteOffset, tiff.byteLength))
        return TURNED.includes(found) ? found : 1
    } catch {
        return 1 // damaged Exif data is dropped like any other
    }
}

/** @param {DataView} view  @returns {number} the tag's value; 0 when it is not there */
function tagOf(view) {
    const little = view.getUint16(0) === 0x4949
    const first = view.getUint32(4, little)
    const end = first + 2 + 12 * view.getUint16(first, little)
    for (let entry = first + 2; entry < end; entry += 12) {
        if (view.getUint16(entry, little) === ORIENTATION) return view.getUint16(entry + 8, little)
    }
    return 0
}

/**
 * Write Exif data that says which way is up and nothing else: one tag, big-endian.
 * @param {number} orientation
 * @returns {number[]} bytes
 */
export function uprightTiff(orientation) {
    const head = [0x4d, 0x4d, 0, 42, 0, 0, 0, 8]
    const tag = [0, 1, ORIENTATION >> 8, ORIENTATION & 255, 0, 3, 0, 0, 0, 1, 0, orientation, 0, 0]
    return [...head, ...tag, 0, 0, 0, 0]
}
