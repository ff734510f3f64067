/** A reporter's own copy, opened again: shown as text, with its files to save. */
import { element } from "./dom.js"

/** @typedef {import("./unarchive.js").Unpacked} Unpacked */

const TEXT = new TextDecoder()

/**
 * Find the readable report among the files of a `report` envelope.
 * @param {Unpacked[]} files
 * @returns {string} Markdown; when there is none, the JSON
 */
export function readableReport(files) {
    const named = (/** @type {string} */ name) => files.find((file) => file.name === name)
    const found = named("report.md") ?? named("report.json")
    return found ? TEXT.decode(found.bytes) : ""
}

/**
 * @param {Unpacked[]} report  files of the `report` envelope
 * @returns {HTMLElement[]} a block to read, and a link to save each file
 */
export function letter(report) {
    const text = element("pre", { role: "group", tabindex: "0", "aria-label": "What you sent" })
    text.textContent = readableReport(report)
    return [element("div", { class: "copy letter" }, text), saveList(report)]
}

/** @param {Unpacked[]} files @returns {HTMLElement} a link to save each */
export function saveList(files) {
    const lines = files.map((file) => element("li", {}, saveLink(file)))
    return element("ul", { class: "ruled-list" }, ...lines)
}

/** @param {{name: string, bytes: Uint8Array}} file @returns {HTMLAnchorElement} */
export function saveLink({ name, bytes }) {
    // Never the file's own type: a browser must save it, not show it as a page of this site.
    const blob = new Blob([new Uint8Array(bytes)], { type: "application/octet-stream" })
    return element("a", { href: URL.createObjectURL(blob), download: name }, `Save ${name}`)
}
