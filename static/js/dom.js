/** Small tools for the page scripts; text goes in as text, never as markup. */

/**
 * @template {HTMLElement} T
 * @param {string} id
 * @param {new () => T} kind  what the template promises to have put there
 * @returns {T}
 * @throws {TypeError} the page and its script do not belong together
 */
export function byId(id, kind) {
    const found = document.getElementById(id)
    if (found instanceof kind) return found
    throw new TypeError(`the page has no ${kind.name} called ${id}`)
}

/**
 * Copy what a `<template>` of the page holds.
 * @param {string} id
 * @returns {HTMLElement} its one element
 */
export function fromTemplate(id) {
    const { content } = byId(id, HTMLTemplateElement)
    const copy = document.importNode(content, true).firstElementChild
    if (copy instanceof HTMLElement) return copy
    throw new TypeError(`the template ${id} is empty`)
}

/**
 * @param {ParentNode} root
 * @param {string} name
 * @returns {HTMLElement} the place a template keeps for one value
 */
export function slot(root, name) {
    const found = root.querySelector(`[data-slot="${name}"]`)
    if (found instanceof HTMLElement) return found
    throw new TypeError(`there is no slot called ${name}`)
}

/**
 * Write a value into its place, or keep the place hidden when there is none.
 * @param {ParentNode} root
 * @param {string} name
 * @param {string | null | undefined} text
 */
export function fill(root, name, text) {
    const place = slot(root, name)
    place.textContent = text ?? ""
    place.hidden = !text
}

/**
 * @template {keyof HTMLElementTagNameMap} Tag
 * @param {Tag} tag
 * @param {Record<string, string>} [attributes]
 * @param {...(Node | string)} children
 * @returns {HTMLElementTagNameMap[Tag]}
 */
export function element(tag, attributes = {}, ...children) {
    const made = document.createElement(tag)
    for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value)
    made.append(...children)
    return made
}

/**
 * Say what went wrong and what to do next, as a notice.
 * @param {{message: string, hint?: string}} error
 * @returns {HTMLElement}
 */
export function refusal({ message, hint }) {
    const title = element("p", { class: "title" }, message)
    const notice = element("div", { class: "notice stop" }, title)
    if (hint) notice.append(element("p", {}, hint))
    return notice
}
