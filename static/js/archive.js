/**
 * A ustar archive (POSIX.1-2017, pax, "ustar Interchange Format"), written as a stream.
 *
 * Flat regular files only, then zeros up to a padded length that is known before the first byte,
 * so that `age -d -i key report.age | tar x` is all one needs to read a report.
 */
import { utf8 } from "./bytes.js"
import { SealingRefused } from "./errors.js"
import { paddedLength } from "./padding.js"
import { chunksOf, streamOf } from "./streams.js"

/**
 * @typedef {object} Entry  one file to pack
 * @property {string} name  flat, at most 100 bytes in UTF-8; `flatName` makes one
 * @property {number} size  bytes
 * @property {() => ReadableStream<Uint8Array>} stream  its contents, exactly `size` bytes
 *
 * @typedef {object} Archive
 * @property {number} length  bytes, padding included
 * @property {ReadableStream<Uint8Array>} stream
 */

export const BLOCK = 512
export const NAME_BYTES = 100 // the name field of a ustar header
const END_BLOCKS = 2
const FILL_CHUNK = 64 * 1024 // bytes of zeros handed on at a time
const MAX_SIZE = 8 ** 11 - 1 // eleven octal digits

/**
 * Pack entries into one padded archive.
 * @param {Entry[]} entries
 * @param {{now: number}} when  seconds since 1970, the modification time of every file: when the
 *     report was written, never when a file was made
 * @returns {Archive}
 */
export function archive(entries, { now }) {
    const used = entries.reduce((sum, { size }) => sum + BLOCK + toBlock(size), END_BLOCKS * BLOCK)
    const length = paddedLength(used)
    return { length, stream: streamOf(pack(entries, now, length - used + END_BLOCKS * BLOCK)) }
}

/**
 * @param {Entry[]} entries
 * @param {number} now
 * @param {number} fill  zeros at the end, the end mark among them
 * @returns {AsyncGenerator<Uint8Array>}
 */
async function* pack(entries, now, fill) {
    for (const entry of entries) {
        yield header(entry, now)
        yield* contents(entry)
        if (entry.size % BLOCK !== 0) yield new Uint8Array(BLOCK - (entry.size % BLOCK))
    }
    for (let left = fill; left > 0; left -= FILL_CHUNK) {
        yield new Uint8Array(Math.min(left, FILL_CHUNK))
    }
}

/**
 * @param {Entry} entry
 * @returns {AsyncGenerator<Uint8Array>}
 */
async function* contents({ name, size, stream }) {
    let read = 0
    for await (const chunk of chunksOf(stream())) {
        read += chunk.length
        if (read > size) break
        yield chunk
    }
    // The header has already promised a length; a file that changed meanwhile would break it.
    if (read !== size) throw new SealingRefused(`The file ${name} changed while it was being read.`)
}

/**
 * Write the block in front of a file.
 * @param {Entry} entry
 * @param {number} now
 * @returns {Uint8Array}
 */
export function header({ name, size }, now) {
    const written = utf8(name)
    if (written.length === 0 || written.length > NAME_BYTES || /[/\0]/.test(name)) {
        throw new SealingRefused(`A file cannot be packed under the name "${name}".`)
    }
    if (!Number.isInteger(size) || size < 0 || size > MAX_SIZE) {
        throw new SealingRefused(`The file ${name} is too large to pack.`)
    }
    const block = new Uint8Array(BLOCK)
    block.set(written, 0)
    block.set(utf8(octal(0o600, 8)), 100) // mode: for its owner only
    block.set(utf8(octal(0, 8)), 108) // nobody's user id
    block.set(utf8(octal(0, 8)), 116) // nobody's group id
    block.set(utf8(octal(size, 12)), 124)
    block.set(utf8(octal(now, 12)), 136)
    block.set(utf8("0"), 156) // a regular file
    block.set(utf8("ustar\x0000"), 257) // magic and version
    block.set(utf8(`${checksum(block).toString(8).padStart(6, "0")}\0 `), 148)
    return block
}

/**
 * Add up a header, its own checksum field counted as blanks.
 * @param {Uint8Array} block
 * @returns {number}
 */
export function checksum(block) {
    const blanks = 8 * 32
    return block.reduce((sum, byte, at) => (at >= 148 && at < 156 ? sum : sum + byte), blanks)
}

/**
 * @param {number} size  bytes
 * @returns {number} rounded up to whole blocks
 */
export function toBlock(size) {
    return Math.ceil(size / BLOCK) * BLOCK
}

/** @param {number} value @param {number} width  of the field, its closing NUL included */
function octal(value, width) {
    return `${Math.floor(value).toString(8).padStart(width - 1, "0")}\0`
}
