/**
 * Read back a ustar archive that Portico wrote: flat regular files, then nothing but zeros.
 *
 * Strict on purpose. What is refused here would need judgement, and judgement on hostile bytes is
 * how archives escape their folder.
 */
import { BLOCK, checksum, toBlock } from "./archive.js"
import { ArchiveRefused } from "./errors.js"

/** @typedef {{name: string, bytes: Uint8Array}} Unpacked */

export const MAX_FILES = 1000 // far more than a form takes
export const END = 2 * BLOCK // bytes of zeros that close an archive, at least
// As POSIX has it, and as GNU tar writes it for whoever seals by hand.
const MAGIC = new Set(["ustar\x0000", "ustar  \x00"])
const TEXT = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true })

/**
 * @param {Uint8Array} bytes  a whole archive
 * @returns {Unpacked[]} views into `bytes`, in their order
 * @throws {ArchiveRefused} anything but what `archive.js` writes
 */
export function unarchive(bytes) {
    if (bytes.length % BLOCK !== 0) throw new ArchiveRefused("it does not end on a block")
    /** @type {Unpacked[]} */
    const files = []
    let at = 0
    while (at < bytes.length && bytes[at] !== 0) {
        const { name, size } = parseHeader(bytes.subarray(at, at + BLOCK))
        const start = at + BLOCK
        at = start + toBlock(size)
        if (at > bytes.length) throw new ArchiveRefused(`${name} is cut off`)
        if (files.some((file) => file.name.toLowerCase() === name.toLowerCase())) {
            throw new ArchiveRefused(`it holds ${name} twice`)
        }
        requireZeros(bytes.subarray(start + size, at))
        files.push({ name, bytes: bytes.subarray(start, start + size) })
        if (files.length > MAX_FILES) throw new ArchiveRefused("it holds too many files")
    }
    if (bytes.length - at < END) throw new ArchiveRefused("its end mark is missing")
    requireZeros(bytes.subarray(at))
    return files
}

/**
 * @param {Uint8Array} block
 * @returns {{name: string, size: number}}
 * @throws {ArchiveRefused} neither a header that `archive.js` writes nor one of GNU tar's
 */
export function parseHeader(block) {
    if (octal(block.subarray(148, 156), /^[0-7]{6}\0 $/) !== checksum(block)) {
        throw new ArchiveRefused("a header in it is damaged")
    }
    if (!MAGIC.has(text(block.subarray(257, 265)))) {
        throw new ArchiveRefused("it is not in the ustar format")
    }
    if (block[156] !== 0x30) throw new ArchiveRefused("it holds something other than a plain file")
    requireZeros(block.subarray(157, 257)) // link name
    requireZeros(block.subarray(345)) // folder prefix
    return {
        name: fileName(block.subarray(0, 100)),
        size: octal(block.subarray(124, 136), /^[0-7]{11}\0$/),
    }
}

/** @param {Uint8Array} bytes  the name field, NUL-padded */
function fileName(bytes) {
    const end = bytes.indexOf(0)
    const name = text(end < 0 ? bytes : bytes.subarray(0, end))
    if (end >= 0) requireZeros(bytes.subarray(end))
    if (!name || /^\.{1,2}$|[/\\\x00-\x1f\x7f]/.test(name)) {
        throw new ArchiveRefused("a file name in it could leave its folder")
    }
    return name
}

/** @param {Uint8Array} bytes @param {RegExp} shape */
function octal(bytes, shape) {
    const digits = text(bytes)
    if (!shape.test(digits)) throw new ArchiveRefused("a number in it is not written in octal")
    return Number.parseInt(digits, 8)
}

/** @param {Uint8Array} bytes */
function text(bytes) {
    try {
        return TEXT.decode(bytes)
    } catch {
        throw new ArchiveRefused("a name in it is not UTF-8")
    }
}

/**
 * @param {Uint8Array} bytes
 * @throws {ArchiveRefused} something stands there
 */
export function requireZeros(bytes) {
    if (bytes.some((byte) => byte !== 0)) throw new ArchiveRefused("it hides bytes between files")
}
