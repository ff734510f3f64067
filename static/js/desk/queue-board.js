/** The reports that the page shows, and their rows. */
import { row } from "./queue-list.js"

/** @typedef {import("./queue-client.js").Entry} Entry */

/** Keeps entries and rows together: each report stands once, as it was last heard of. */
export class Board {
    /**
     * @param {HTMLElement} list
     * @param {(report: string) => void} change  when somebody wants to change a report
     */
    constructor(list, change) {
        this.list = list
        this.change = change
        /** @type {Map<string, Entry>} */
        this.entries = new Map()
    }

    get size() {
        return this.entries.size
    }

    /** @param {string} report @returns {Entry | undefined} */
    get(report) {
        return this.entries.get(report)
    }

    clear() {
        this.entries.clear()
        this.list.replaceChildren()
    }

    /**
     * Add rows at the end; a report that moved there meanwhile leaves its old place.
     * @param {Entry[]} found
     */
    add(found) {
        for (const entry of found) {
            this.drop(entry.id)
            this.entries.set(entry.id, entry)
            this.list.append(this.made(entry))
        }
    }

    /** Show a report as it is now, where it stands. @param {Entry} entry */
    put(entry) {
        const old = this.row(entry.id)
        const held = old?.contains(document.activeElement)
        old?.replaceWith(this.made(entry))
        this.entries.set(entry.id, entry)
        if (held) this.focus(entry.id)
    }

    /** @param {string} report */
    drop(report) {
        this.row(report)?.remove()
        this.entries.delete(report)
    }

    /** @param {string | null | undefined} report */
    focus(report) {
        /** @type {HTMLElement | null | undefined} */
        const link = this.row(report)?.querySelector("a.id")
        link?.focus()
    }

    /** @param {string} report @returns {string | null | undefined} the one after it, or before it */
    neighbour(report) {
        const here = this.row(report)
        const beside = here?.nextElementSibling ?? here?.previousElementSibling
        return beside?.getAttribute("data-report")
    }

    /** @param {string | null | undefined} report @returns {Element | undefined} */
    row(report) {
        return [...this.list.children].find((one) => one.getAttribute("data-report") === report)
    }

    /** @param {Entry} entry */
    made(entry) {
        return row(entry, Date.now(), () => this.change(entry.id))
    }
}
