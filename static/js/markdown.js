/** Markdown around text that strangers wrote: it takes over neither a page nor a terminal. */

// Control characters could drive a terminal; the others reorder or hide what a reader sees.
const CONTROLS = "\\x00-\\x08\\x0b-\\x1f\\x7f-\\x9f\\u2028\\u2029"
const HIDDEN =
    "\\u00ad\\u061c\\u180e\\u200b-\\u200f\\u202a-\\u202e\\u2060-\\u206f\\ufeff\\ufff9-\\ufffb"
const UNSEEN = new RegExp(`[${CONTROLS}${HIDDEN}]`, "gu")

/**
 * @param {string} text
 * @returns {string} with line ends as LF and every unseen character spelled out, as in <U+202E>
 */
export function visible(text) {
    return text.replace(/\r\n?/g, "\n").replace(UNSEEN, (character) => {
        const point = /** @type {number} */ (character.codePointAt(0))
        return `<U+${point.toString(16).toUpperCase().padStart(4, "0")}>`
    })
}

/**
 * Quote text of any length, as it was written.
 * @param {string} text
 * @returns {string} a code span, or a fenced block when it has several lines
 */
export function quoted(text) {
    const shown = visible(text)
    return shown.includes("\n") || shown.length > 100 ? fenced(shown) : span(shown)
}

/**
 * Write text into a line of prose, every mark of Markdown taken literally (CommonMark 2.4).
 * @param {string} text
 * @returns {string}
 */
export function escaped(text) {
    return visible(text).replace(/\s+/g, " ").trim().replace(/[!-/:-@[-`{-~]/g, "\\$&")
}

/** @param {string} text  a single line */
function span(text) {
    const ticks = "`".repeat(longestRun(text) + 1)
    const gap = /^[` ]|[` ]$/.test(text) ? " " : ""
    return `${ticks}${gap}${text}${gap}${ticks}`
}

/** @param {string} text */
function fenced(text) {
    const fence = "`".repeat(Math.max(3, longestRun(text) + 1))
    return `\n${fence}text\n${text.replace(/\n+$/, "")}\n${fence}`
}

/** @param {string} text @returns {number} length of the longest run of backticks */
function longestRun(text) {
    return Math.max(0, ...(text.match(/`+/g) ?? []).map((run) => run.length))
}
