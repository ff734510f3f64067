/** Pictures say more than they show: place, camera, author. That goes before they are sealed. */
import { PorticoError } from "./errors.js"
import { cleanJpeg, isJpeg } from "./jpeg-cleaning.js"
import { cleanPng, isPng } from "./png-cleaning.js"
import { cleanWebp, isWebp } from "./webp-cleaning.js"

const START = 16 // bytes that tell one kind of picture from another
// Files that often name an author or a place, in formats that are not taken apart here.
const TALKATIVE =
    /\.(?:pdf|docx?|xlsx?|pptx?|od[tsp]|mp[34]|m4a|mov|mkv|avi|hei[cf]|avif|tiff?|gif|svg)$/i

/** @type {[(bytes: Uint8Array) => boolean, (bytes: Uint8Array) => Uint8Array][]} */
const PICTURES = [
    [isJpeg, cleanJpeg],
    [isPng, cleanPng],
    [isWebp, cleanWebp],
]

/**
 * @param {File} file
 * @returns {Promise<Blob>} the same picture with nothing hidden in it; other files as they are
 * @throws {PorticoError} a damaged picture, or a file that cannot be read
 */
export async function cleaned(file) {
    const start = new Uint8Array(await read(file, file.slice(0, START)))
    const clean = PICTURES.find(([is]) => is(start))?.[1]
    if (!clean) return file
    const bytes = new Uint8Array(await read(file, file))
    try {
        return new Blob([new Uint8Array(clean(bytes))], { type: file.type })
    } catch {
        const message = `The picture ${file.name} is damaged, so hidden data cannot be taken out.`
        throw new PorticoError(message, {
            code: "picture-damaged",
            hint: "To send it exactly as it is, put it into a ZIP file first.",
        })
    }
}

/** @param {File} file @param {Blob} part */
async function read(file, part) {
    try {
        return await part.arrayBuffer()
    } catch {
        throw new PorticoError(`The file ${file.name} could not be read.`, {
            code: "file-unreadable",
            hint: "Check that it still exists and that you may read it, then add it again.",
        })
    }
}

/**
 * @param {File} file
 * @param {Blob} blob  what became of it
 * @returns {string} a sentence for beside its name; empty when there is nothing to say
 */
export function remarkOn(file, blob) {
    if (blob.size !== file.size) return "Hidden data was taken out"
    if (blob !== file) return "Holds no hidden data"
    const talks = TALKATIVE.test(file.name)
    return talks ? "May name its author or place; that cannot be taken out here" : ""
}
