/**
 * Looking at a file that a stranger sent: a picture as pixels alone, a text as text alone.
 *
 * A picture is decoded, drawn anew and shown from a canvas: the page never gets its bytes as an
 * image, and nothing of another kind is ever shown.
 */
import { element } from "../dom.js"
import { PorticoError } from "../errors.js"
import { visible } from "../markdown.js"
import { MOST_PIXELS, READ_AHEAD, pictureSize } from "./picture-size.js"

const MOST_TEXT = 256 * 1024 // bytes shown; the rest is there to be saved
const SHOWN = 1600 // pixels of the longer side

/** @typedef {"picture" | "text"} Look */

/**
 * @param {Blob} blob
 * @returns {Promise<Look | null>} how it can be looked at; null when it can only be saved
 */
export async function lookOf(blob) {
    if (blob.size === 0) return null
    const start = new Uint8Array(await blob.slice(0, READ_AHEAD).arrayBuffer())
    if (pictureSize(start)) return "picture"
    return isText(start.subarray(0, MOST_TEXT), blob.size <= MOST_TEXT) ? "text" : null
}

/**
 * @param {Blob} blob
 * @param {string} name  for those who do not see it
 * @returns {Promise<HTMLCanvasElement>}
 * @throws {PorticoError} too large, or damaged
 */
export async function picture(blob, name) {
    const size = pictureSize(new Uint8Array(await blob.slice(0, READ_AHEAD).arrayBuffer()))
    if (!size || size.width * size.height > MOST_PIXELS) throw tooLarge()
    const bitmap = await createImageBitmap(blob).catch(() => Promise.reject(damaged()))
    const scale = Math.min(1, SHOWN / Math.max(bitmap.width, bitmap.height))
    const canvas = element("canvas", { role: "img", "aria-label": `Picture ${visible(name)}` })
    canvas.width = Math.max(1, Math.round(bitmap.width * scale))
    canvas.height = Math.max(1, Math.round(bitmap.height * scale))
    canvas.getContext("2d")?.drawImage(bitmap, 0, 0, canvas.width, canvas.height)
    bitmap.close()
    return canvas
}

/**
 * @param {Blob} blob
 * @returns {Promise<{text: string, cut: boolean}>} what hides or reorders text spelled out
 */
export async function textOf(blob) {
    const text = new TextDecoder().decode(await blob.slice(0, MOST_TEXT).arrayBuffer())
    return { text: visible(text), cut: blob.size > MOST_TEXT }
}

/** @param {Uint8Array} bytes @param {boolean} whole  otherwise its last character may be cut */
function isText(bytes, whole) {
    if (bytes.includes(0)) return false
    try {
        new TextDecoder("utf-8", { fatal: true }).decode(bytes, { stream: !whole })
        return true
    } catch {
        return false
    }
}

function tooLarge() {
    return new PorticoError("This picture is too large to be shown here.", {
        code: "picture-too-large",
        hint: "Save it, and look at it on a machine that holds nothing else.",
    })
}

function damaged() {
    return new PorticoError("This picture is damaged and cannot be shown.", {
        code: "picture-damaged",
        hint: "Save it if you want to look at its bytes.",
    })
}
