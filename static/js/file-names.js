/** Names for packed files that are safe to unpack anywhere. */
import { utf8 } from "./bytes.js"
import { NAME_BYTES } from "./archive.js"

const MAX_ENDING = 12 // characters; longer ones are not file types

// What some system treats as a separator or a command, and what reorders or hides text.
const UNSAFE =
    /[\x00-\x1f\x7f-\x9f<>:"/\\|?*\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]|\p{Cs}/gu
const DEVICES = /^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)/i // names that Windows keeps for itself

/**
 * Turn the names of chosen files into flat, safe and different ones.
 * @param {string[]} names  as the browser gives them
 * @returns {string[]} in the same order
 */
export function flatNames(names) {
    /** @type {Set<string>} */
    const taken = new Set()
    return names.map((name) => {
        const free = untaken(flatName(name), taken)
        taken.add(free.toLowerCase()) // some file systems do not tell cases apart
        return free
    })
}

/**
 * @param {string} name
 * @returns {string} without folders, odd characters, leading dots or hyphens; at most 100 bytes
 */
export function flatName(name) {
    const last = name.normalize("NFC").split(/[/\\]/).pop() ?? ""
    const plain = last.replace(UNSAFE, "_").trim().replace(/[. ]+$/, "")
    const shown = plain.replace(/^[.\-~]+/, "_")
    const own = DEVICES.test(shown) ? `_${shown}` : shown
    return shortened(own || "file", "")
}

/**
 * @param {string} name
 * @param {Set<string>} taken  in lower case
 */
function untaken(name, taken) {
    let free = name
    for (let copy = 2; taken.has(free.toLowerCase()); copy += 1) free = shortened(name, `-${copy}`)
    return free
}

/**
 * Put a mark before the ending, cutting the stem so that the whole still fits.
 * @param {string} name
 * @param {string} mark
 */
function shortened(name, mark) {
    const dot = name.lastIndexOf(".")
    const short = dot > 0 && [...name.slice(dot)].length <= MAX_ENDING
    const ending = short ? name.slice(dot) : ""
    let stem = name.slice(0, name.length - ending.length)
    while (utf8(stem + mark + ending).length > NAME_BYTES) {
        // A cut must neither split a character nor end in what some system drops.
        stem = [...stem].slice(0, -1).join("").replace(/[.\s]+$/, "")
    }
    return stem + mark + ending
}
