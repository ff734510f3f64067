/** Files that strangers sent: to be saved under safe names, and looked at behind a click. */
import { element, refusal } from "../dom.js"
import { PorticoError } from "../errors.js"
import { flatNames } from "../file-names.js"
import { visible } from "../markdown.js"
import { sizeText } from "../sizes.js"
import { lookOf, picture, textOf } from "./preview.js"

/**
 * @typedef {import("../unpacking.js").Slice} Slice
 * @typedef {{name: string, size: number}} Named
 */

const SHOW = { picture: "Show as a picture", text: "Show as text" }
const CUT = "This is the beginning. Save the file to read the rest."
const UNKNOWN = {
    message: "This could not be done.",
    hint: "Load the page again, and open the report once more.",
}

/** @type {Set<string>} addresses that hold opened files, until the report is locked */
const addresses = new Set()

/** A list of files that are here. */
export class FileList {
    /** @param {Slice[]} files */
    constructor(files) {
        const names = flatNames(files.map(({ name }) => name))
        const lines = files.map(({ blob }, place) => line(blob, names[place]))
        this.root = element("ul", { class: "ruled-list opened-files" }, ...lines)
    }

    /**
     * Name files that are not here yet, and fetch them when asked.
     * @param {Named[]} named  as their sender says
     * @param {() => Promise<Slice[]>} fetched
     * @returns {HTMLElement}
     */
    static offered(named, fetched) {
        const listed = named.map(({ name, size }) => {
            const shown = element("bdi", { class: "file-name" }, visible(name))
            return element("li", {}, shown, ` ${sizeText(size)}`)
        })
        const size = sizeText(named.reduce((sum, one) => sum + one.size, 0))
        const many = named.length === 1 ? "the file" : `${named.length} files`
        const button = element("button", { type: "button", class: "button second small" })
        button.textContent = `Fetch ${many}, ${size}`
        const list = element("ul", { class: "bullets" }, ...listed)
        const box = element("div", { class: "offered" }, list, button)
        once(button, box, async () => box.replaceChildren(new FileList(await fetched()).root))
        return box
    }

    /** Let go of every file that was opened. */
    static forget() {
        for (const address of addresses) URL.revokeObjectURL(address)
        addresses.clear()
    }
}

/** @param {Blob} blob @param {string} name  safe */
function line(blob, name) {
    const title = element("bdi", { class: "file-name" }, name)
    const actions = element("p", { class: "actions" }, saving(blob, name))
    const size = element("span", { class: "small soft" }, sizeText(blob.size))
    const item = element("li", {}, title, size, actions)
    void lookOf(blob).then((look) => look && actions.append(looking(blob, name, look, item)))
    return item
}

/** @param {Blob} blob @param {string} name */
function saving(blob, name) {
    // Never the file's own type: a browser must save it, not show it as a page of this site.
    const plain = new Blob([blob], { type: "application/octet-stream" })
    const address = URL.createObjectURL(plain)
    addresses.add(address)
    const words = element("span", { class: "visually-hidden" }, ` ${name}`)
    const about = { href: address, download: name, class: "button second small" }
    return element("a", about, "Save", words)
}

/**
 * @param {Blob} blob
 * @param {string} name  safe
 * @param {import("./preview.js").Look} look
 * @param {HTMLElement} item  where it is shown
 */
function looking(blob, name, look, item) {
    const words = element("span", { class: "visually-hidden" }, `: ${name}`)
    const about = { type: "button", class: "button second small" }
    const button = element("button", about, SHOW[look], words)
    once(button, item, async () => {
        item.append(look === "picture" ? await picture(blob, name) : await textBlock(blob, name))
    })
    return button
}

/** @param {Blob} blob @param {string} name */
async function textBlock(blob, name) {
    const { text, cut } = await textOf(blob)
    const about = { role: "group", tabindex: "0", "aria-label": `Text of ${name}` }
    const block = element("pre", about, text)
    const box = element("div", { class: "copy letter" }, block)
    if (cut) box.append(element("p", { class: "help" }, CUT))
    return box
}

/**
 * Do something at a press of a button, once; what goes wrong is said beside it.
 * @param {HTMLButtonElement} button
 * @param {HTMLElement} box
 * @param {() => Promise<void>} work
 */
function once(button, box, work) {
    button.addEventListener("click", async () => {
        button.disabled = true
        try {
            await work()
            button.remove()
        } catch (fault) {
            button.disabled = false
            box.append(refusal(fault instanceof PorticoError ? fault : UNKNOWN))
            if (!(fault instanceof PorticoError)) console.error(fault)
        }
    })
}
