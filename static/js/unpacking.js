/**
 * Read a ustar archive that Portico wrote without loading it: its files are slices of what the
 * browser keeps. `unarchive.js` reads small ones from memory; both refuse the same.
 */
import { BLOCK, toBlock } from "./archive.js"
import { ArchiveRefused } from "./errors.js"
import { chunksOf } from "./streams.js"
import { MAX_FILES, END, parseHeader, requireZeros } from "./unarchive.js"

/** @typedef {{name: string, blob: Blob}} Slice */

/**
 * @param {Blob} plain  a whole archive
 * @returns {Promise<Slice[]>} in their order
 * @throws {ArchiveRefused} anything but what `archive.js` writes
 */
export async function slices(plain) {
    if (plain.size % BLOCK !== 0) throw new ArchiveRefused("it does not end on a block")
    /** @type {Slice[]} */
    const files = []
    let at = 0
    for (;;) {
        const block = await read(plain, at)
        if (!block || block[0] === 0) break
        const { name, size } = parseHeader(block)
        const start = at + BLOCK
        at = start + toBlock(size)
        if (at > plain.size) throw new ArchiveRefused(`${name} is cut off`)
        if (files.some((file) => file.name.toLowerCase() === name.toLowerCase())) {
            throw new ArchiveRefused(`it holds ${name} twice`)
        }
        await requireEmpty(plain.slice(start + size, at))
        files.push({ name, blob: plain.slice(start, start + size) })
        if (files.length > MAX_FILES) throw new ArchiveRefused("it holds too many files")
    }
    if (plain.size - at < END) throw new ArchiveRefused("its end mark is missing")
    await requireEmpty(plain.slice(at))
    return files
}

/** @param {Blob} plain @param {number} at */
async function read(plain, at) {
    if (at >= plain.size) return null
    return new Uint8Array(await plain.slice(at, at + BLOCK).arrayBuffer())
}

/** @param {Blob} gap */
async function requireEmpty(gap) {
    for await (const chunk of chunksOf(gap.stream())) requireZeros(chunk)
}
