/** Guidance that an answer brings up, in the policy's own words. */
import { isOutOfReach } from "./reach.js"
import { rulesAbout } from "./tool-rules.js"

/**
 * Show each piece of advice whose answer was given, and hide the others.
 * @param {Record<string, string>} values  by field id
 * @param {boolean} token  whether the reporter's token opens what staff answer
 */
export function showAdvice(values, token) {
    for (const place of document.querySelectorAll("[data-advice]")) {
        const [field, value] = (place.getAttribute("data-advice") ?? "").split("=")
        if (field !== "") show(place, values[field] === value)
    }
    showRules(values.tools_used ?? "")
    const reach = document.getElementById("out-of-reach")?.closest("[data-advice]")
    if (reach) show(reach, isOutOfReach(values, token))
}

/** @param {string} tools  as the reporter names them */
function showRules(tools) {
    const list = document.getElementById("tools-rules")
    if (!list) return
    const lines = [...list.querySelectorAll("li")]
    const about = new Set(rulesAbout(tools, lines.map(ruleOf)).map(({ id }) => id))
    for (const line of lines) line.hidden = !about.has(line.dataset.rule ?? "")
    show(/** @type {Element} */ (list.closest("[data-advice]")), about.size > 0)
}

/** @param {HTMLElement} line @returns {import("./tool-rules.js").Rule} */
function ruleOf({ dataset, textContent }) {
    return {
        id: dataset.rule ?? "",
        text: textContent ?? "",
        tools: (dataset.tools ?? "").split("|").filter((part) => part !== ""),
        method: dataset.forbids !== undefined,
    }
}

/** @param {Element} place @param {boolean} visible */
function show(place, visible) {
    const notice = place.querySelector(".notice")
    if (notice instanceof HTMLElement) notice.hidden = !visible
}
