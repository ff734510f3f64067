/**
 * Acts that take a passkey, in the pages of `portico desk`: passkeys belong to the portal's own
 * address, so they are done there. This is said beforehand, and not only on a click.
 */
import { element } from "../dom.js"

/** @returns {string | null} address of the portal's own desk; null where this page is its own */
export function elsewhere() {
    return document.documentElement.dataset.portal ?? null
}

/**
 * Close every part of the page that takes a passkey, in templates too, and say where it is open.
 * @param {string} portal  address of the portal's own desk
 */
export function closePasskeyActs(portal) {
    const templates = [...document.querySelectorAll("template")].map(({ content }) => content)
    for (const place of [document, ...templates]) {
        for (const act of place.querySelectorAll("fieldset[data-passkey]")) {
            act.toggleAttribute("disabled", true)
            act.before(element("p", { class: "small elsewhere" }, ...note(portal)))
        }
    }
}

/**
 * @param {HTMLButtonElement} button  takes a passkey
 * @returns {HTMLElement} itself, or closed with a note where there are no passkeys
 */
export function takesPasskey(button) {
    const portal = elsewhere()
    if (portal === null) return button
    button.disabled = true
    return element("span", { class: "small elsewhere" }, button, " ", ...note(portal))
}

/** @param {string} portal */
function note(portal) {
    const there = { href: `${portal}${location.pathname}`, rel: "noreferrer", target: "_blank" }
    const why = "This takes your passkey, which works on the portal’s own page only. "
    return [why, element("a", there, "Do it there"), "."]
}
