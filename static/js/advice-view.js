/** Guidance that an answer brings up, in the policy's own words. */
import { element } from "./dom.js"
import { rulesAbout } from "./tool-rules.js"

/**
 * Show each piece of advice whose answer was given, and hide the others.
 * @param {Record<string, string>} values  by field id
 * @param {{id: string, text: string}[]} methods  ways of testing that the policy rules out
 */
export function showAdvice(values, methods) {
    for (const place of document.querySelectorAll("[data-advice]")) {
        const [field, value] = (place.getAttribute("data-advice") ?? "").split("=")
        if (field !== "") show(place, values[field] === value)
    }
    showRules(rulesAbout(values.tools_used ?? "", methods))
}

/** @param {{id: string, text: string}[]} rules  that may speak of the tools named */
function showRules(rules) {
    const list = document.getElementById("tools-rules")
    if (!list) return
    list.replaceChildren(
        ...rules.map(({ id, text }) => element("li", {}, element("a", { href: `#m-${id}` }, text))),
    )
    show(/** @type {Element} */ (list.closest("[data-advice]")), rules.length > 0)
}

/** @param {Element} place @param {boolean} visible */
function show(place, visible) {
    const notice = place.querySelector(".notice")
    if (notice instanceof HTMLElement) notice.hidden = !visible
}
