/**
 * Taking hidden data out of a WebP picture, which is made of named chunks (RFC 9649 section 2.7).
 *
 * Only what a decoder needs is kept, also inside the frames of an animation; of Exif, only which
 * way is up.
 */
import { orientationOf, uprightTiff } from "./exif-orientation.js"
import { joined } from "./streams.js"

const KEPT = new Set(["VP8 ", "VP8L", "VP8X", "ALPH", "ANIM", "ANMF"])
const HEAD = 12 // bytes before the first chunk
const FRAME = 16 // bytes of a frame's own header, before its chunks
const [PROFILE, METADATA, EXIF] = [0x20, 0x08 | 0x04, 0x08] // flags of VP8X

/** @param {Uint8Array} bytes */
export function isWebp(bytes) {
    return nameAt(bytes, 0) === "RIFF" && nameAt(bytes, 8) === "WEBP"
}

/**
 * @param {Uint8Array} bytes
 * @returns {Uint8Array} the same picture, with its length and flags put right
 * @throws {RangeError} it is damaged
 */
export function cleanWebp(bytes) {
    const stop = 8 + uint32(bytes, 4)
    if (stop > bytes.length) throw new RangeError("the picture is cut off")
    const found = [...chunks(bytes, HEAD, stop)]
    const turned = turnedBy(found)
    const kept = found.filter(({ name }) => KEPT.has(name)).map((one) => clean(one, turned))
    if (kept.length === 0) throw new RangeError("there is no picture in it")
    if (turned !== 1) kept.push(chunk("EXIF", Uint8Array.from(uprightTiff(turned))))
    const body = joined(kept)
    return joined([riff(body.length + 4), body])
}

/**
 * @typedef {{name: string, body: Uint8Array}} Chunk
 *
 * @param {Uint8Array} bytes
 * @param {number} from
 * @param {number} stop
 * @returns {Generator<Chunk>}
 * @throws {RangeError} one is cut off
 */
function* chunks(bytes, from, stop) {
    for (let at = from; at + 8 <= stop; ) {
        const length = uint32(bytes, at + 4)
        const end = at + 8 + length
        if (end > stop) throw new RangeError("a chunk is cut off")
        yield { name: nameAt(bytes, at), body: bytes.subarray(at + 8, end) }
        at = end + (length % 2)
    }
}

/** @param {Chunk[]} found  @returns {number} 1 unless an extended picture says otherwise */
function turnedBy(found) {
    const exif = found.find(({ name }) => name === "EXIF")
    return exif && found[0]?.name === "VP8X" ? orientationOf(exif.body) : 1
}

/** @param {Chunk} one @param {number} turned */
function clean({ name, body }, turned) {
    if (name === "VP8X") return chunk(name, flagged(body, turned))
    if (name === "ANMF") return chunk(name, frame(body))
    return chunk(name, body)
}

/** @param {Uint8Array} body @param {number} turned */
function flagged(body, turned) {
    const plain = body.slice()
    plain[0] &= ~(PROFILE | METADATA)
    if (turned !== 1) plain[0] |= EXIF
    return plain
}

/** @param {Uint8Array} body  of a frame: a header, then chunks of its own */
function frame(body) {
    if (body.length < FRAME) throw new RangeError("a frame is cut off")
    const inner = [...chunks(body, FRAME, body.length)].filter(({ name }) => KEPT.has(name))
    return joined([body.subarray(0, FRAME), ...inner.map((one) => chunk(one.name, one.body))])
}

/** @param {string} name @param {Uint8Array} body  @returns {Uint8Array} padded to an even length */
function chunk(name, body) {
    const whole = new Uint8Array(8 + body.length + (body.length % 2))
    for (let at = 0; at < 4; at++) whole[at] = name.charCodeAt(at)
    new DataView(whole.buffer).setUint32(4, body.length, true)
    whole.set(body, 8)
    return whole
}

/** @param {number} length  bytes after the length field */
function riff(length) {
    const head = new Uint8Array(HEAD)
    head.set([0x52, 0x49, 0x46, 0x46])
    new DataView(head.buffer).setUint32(4, length, true)
    head.set([0x57, 0x45, 0x42, 0x50], 8)
    return head
}

/** @param {Uint8Array} bytes @param {number} at */
function uint32(bytes, at) {
    return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength).getUint32(at, true)
}

/** @param {Uint8Array} bytes @param {number} at */
function nameAt(bytes, at) {
    return String.fromCharCode(...bytes.subarray(at, at + 4))
}
