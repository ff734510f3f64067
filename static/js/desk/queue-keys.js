/** The queue by keyboard: single letters, which can be turned off, and arrows within the list. */
import { byId } from "../dom.js"

const CHOICE = "portico-desk-keys"
const TYPING = "input, select, textarea, [contenteditable]"

/**
 * @typedef {{change: (report: string) => void, toggleSeen: (report: string) => void,
 *   toFilters: () => void}} Acts
 */

/**
 * Listen for keys. Tab, Enter and the browser's own keys stay as they are.
 * @param {HTMLElement} list  of rows with `data-report` and one link each
 * @param {Acts} acts
 */
export function listen(list, acts) {
    const help = byId("help", HTMLDialogElement)
    const on = byId("keys-on", HTMLInputElement)
    on.checked = remembered()
    on.addEventListener("change", () => localStorage.setItem(CHOICE, on.checked ? "on" : "off"))
    const opener = byId("help-open", HTMLButtonElement)
    opener.hidden = false
    opener.addEventListener("click", () => help.showModal())
    document.addEventListener("keydown", (event) => {
        if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return
        if (document.querySelector("dialog[open]")) return
        const act = actOf(event, list, acts, on.checked, help)
        if (!act) return
        event.preventDefault()
        act()
    })
}

/**
 * @param {HTMLElement} list
 * @param {number} step  1 for the next row, -1 for the one before
 */
function move(list, step) {
    const links = [.../** @type {NodeListOf<HTMLElement>} */ (list.querySelectorAll("a.id"))]
    const here = links.findIndex((link) => link.closest("li")?.contains(document.activeElement))
    const next = here < 0 ? links[0] : links[here + step]
    next?.focus()
    next?.closest("li")?.scrollIntoView({ block: "nearest" })
}

/**
 * @param {KeyboardEvent} event
 * @param {HTMLElement} list
 * @param {Acts} acts
 * @param {boolean} letters  whether single letters are keys
 * @param {HTMLDialogElement} help
 * @returns {(() => void) | null}
 */
function actOf({ key, target }, list, acts, letters, help) {
    const at = target instanceof Element ? target : document.body
    if (key === "Escape" && at.closest("#filter-box")) return () => move(list, 1)
    if (at.matches(TYPING)) return null
    const report = at.closest("li[data-report]")?.getAttribute("data-report")
    if (report && key === "ArrowDown") return () => move(list, 1)
    if (report && key === "ArrowUp") return () => move(list, -1)
    if (!letters) return null
    if (key === "j") return () => move(list, 1)
    if (key === "k") return () => move(list, -1)
    if (key === "/") return acts.toFilters
    if (key === "?") return () => help.showModal()
    if (report && key === "c") return () => acts.change(report)
    if (report && key === "u") return () => acts.toggleSeen(report)
    return null
}

/** @returns {boolean} */
function remembered() {
    return localStorage.getItem(CHOICE) !== "off"
}
