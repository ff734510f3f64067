/**
 * A verdict as a panel, from the empty panels that `ui.verdict_templates` puts on a page.
 *
 * Questions become pairs of buttons: they need no `name`, so a form around them cannot post them.
 */
import { element, fill, fromTemplate, slot } from "./dom.js"

/**
 * @typedef {import("./scope-client.js").Verdict & Partial<Record<"matched" | "overruled"
 *     | "exceptions" | "conditions" | "mentions" | "notes", unknown>>} Verdict  with
 *     words, rules and sentences that the page shows when they are there
 * @typedef {import("./scope-client.js").Question} Question
 *
 * @typedef {object} Asking
 * @property {Question[]} questions  every one asked so far, so that an answer can be changed
 * @property {Record<string, boolean>} answers  by question id
 * @property {(id: string, yes: boolean) => void} onAnswer
 */

/**
 * @param {Verdict} verdict
 * @param {Asking} asking
 * @returns {HTMLElement}
 */
export function verdictPanel(verdict, asking) {
    const panel = fromTemplate(`verdict-${verdict.ruling}`)
    fill(panel, "target", verdict.target)
    fill(panel, "reason", verdict.reason)
    const rewarded = slot(panel, "rewarded") // without words where the policy offers no reward
    rewarded.hidden = verdict.reward !== true || rewarded.textContent === ""
    slot(panel, "unrewarded").hidden = verdict.reward !== false
    slot(panel, "meaning").hidden = verdict.redirect !== null
    showRedirect(panel, verdict.redirect)
    showFacts(panel, verdict)
    showQuestions(panel, verdict, asking)
    return panel
}

/**
 * @param {Verdict} verdict
 * @param {HTMLElement} panel  as `verdictPanel` made it
 * @returns {string} the ruling and its reason, to be read aloud
 */
export function spoken(verdict, panel) {
    const ruling = panel.querySelector(".ruling")?.textContent ?? verdict.ruling
    return `${ruling}. ${verdict.reason}`
}

/** @param {HTMLElement} panel @param {import("./scope-client.js").Redirect | null} redirect */
function showRedirect(panel, redirect) {
    slot(panel, "redirect").hidden = redirect === null
    if (redirect === null) return
    slot(panel, "vendor").textContent = redirect.vendor
    const link = slot(panel, "address")
    link.textContent = redirect.address.replace(/^(?:https:\/\/|mailto:)/i, "")
    link.setAttribute("href", redirect.address)
}

/** @param {HTMLElement} panel @param {Verdict} verdict */
function showFacts(panel, verdict) {
    const facts = {
        rule: verdict.rule ? [verdict.rule.pattern] : [],
        matched: verdict.matched ? [String(verdict.matched)] : [],
        overruled: listed(verdict.overruled).map(overruled),
        exceptions: spaced(patterns(verdict.exceptions)),
        conditions: lines(verdict.conditions),
        nearest: lines(verdict.nearest),
        mentions: spaced(patterns(verdict.mentions)),
        notes: lines(verdict.notes),
    }
    const missing = showMissing(panel, listed(verdict.missing))
    slot(panel, "note").textContent = verdict.rule?.note ?? ""
    slot(panel, "facts").hidden = !missing && Object.values(facts).every(isEmpty)
    for (const [name, found] of Object.entries(facts)) showFact(panel, name, found)
}

/**
 * Say what would settle the ruling.
 * @param {HTMLElement} panel
 * @param {any[]} kinds
 * @returns {boolean} whether anything is missing
 */
function showMissing(panel, kinds) {
    const row = panel.querySelector('[data-fact="missing"]')
    if (row instanceof HTMLElement) row.hidden = kinds.length === 0
    for (const line of panel.querySelectorAll("[data-missing]")) {
        if (line instanceof HTMLElement) line.hidden = !kinds.includes(line.dataset.missing)
    }
    return kinds.length > 0
}

/**
 * An exclusion that did not decide, and what it gave way to.
 * @param {any} raw
 * @returns {HTMLElement}
 */
function overruled(raw) {
    const line = fromTemplate("overruled")
    fill(line, "overruled_rule", String(raw?.rule?.pattern ?? ""))
    fill(line, "by", String(raw?.by?.pattern ?? ""))
    slot(line, "by_rule").hidden = !raw?.by
    slot(line, "by_answer").hidden = !raw?.answer
    return line
}

/** @param {HTMLElement} panel @param {string} name @param {(Node | string)[]} found */
function showFact(panel, name, found) {
    const row = panel.querySelector(`[data-fact="${name}"]`)
    if (row instanceof HTMLElement) row.hidden = found.length === 0
    slot(panel, name).replaceChildren(...found)
}

/** @param {unknown} rules @returns {HTMLElement[]} */
function patterns(rules) {
    return listed(rules).map((rule) => element("code", {}, String(rule?.pattern ?? "")))
}

/** @param {unknown} sentences @returns {HTMLElement[]} */
function lines(sentences) {
    return listed(sentences).map((sentence) => {
        return element("span", { class: "line" }, String(sentence))
    })
}

/** @param {unknown} raw @returns {any[]} */
function listed(raw) {
    return Array.isArray(raw) ? raw : []
}

/** @param {unknown[]} found */
function isEmpty(found) {
    return found.length === 0
}

/** @param {HTMLElement[]} found @returns {(Node | string)[]} */
function spaced(found) {
    return found.flatMap((one, place) => (place === 0 ? [one] : [", ", one]))
}

/** @param {HTMLElement} panel @param {Verdict} verdict @param {Asking} asking */
function showQuestions(panel, verdict, asking) {
    slot(panel, "questions").replaceChildren(
        ...asking.questions.map((question) => questionGroup(question, asking)),
    )
    if (verdict.ruling !== "review") return
    const missing = listed(verdict.missing).length > 0
    slot(panel, "ask").hidden = verdict.questions.length === 0
    slot(panel, "look").hidden = !missing
    slot(panel, "person").hidden = missing || verdict.questions.length > 0
}

/** @param {Question} question @param {Asking} asking @returns {HTMLElement} */
function questionGroup({ id, text }, { answers, onAnswer }) {
    const choices = [true, false].map((yes) => {
        const button = element(
            "button",
            {
                type: "button",
                class: "choice",
                "aria-pressed": String(answers[id] === yes),
                "data-answer": `${id}:${yes ? "yes" : "no"}`,
            },
            yes ? "Yes" : "No",
        )
        button.addEventListener("click", () => onAnswer(id, yes))
        return button
    })
    const legend = element("legend", {}, text)
    const pair = element("div", { class: "choices" }, ...choices)
    return element("fieldset", { class: "question" }, legend, pair)
}
