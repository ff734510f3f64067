/** The filters of the audit log: in the address of the page, in its form, and in the question. */

/** @typedef {Record<string, string>} Filters  by name; what is not filtered has no entry */

export const NAMES = ["actor", "act", "why", "subject", "program", "since", "until"]

/**
 * @param {string} search  of the page's address
 * @returns {Filters}
 */
export function fromAddress(search) {
    return kept(new URLSearchParams(search))
}

/**
 * @param {HTMLFormElement} form
 * @returns {Filters}
 */
export function fromForm(form) {
    return kept(new FormData(form))
}

/**
 * @param {Filters} filters
 * @returns {string} the page's address with them
 */
export function address(filters) {
    const query = new URLSearchParams(filters).toString()
    return query ? `/staff/audit?${query}` : "/staff/audit"
}

/**
 * @param {Filters} filters
 * @param {number | null} after  the entry after which to go on
 * @returns {string} the question to the portal
 */
export function question(filters, after) {
    const asked = after === null ? filters : { ...filters, after: String(after) }
    return `/staff/api/audit?${new URLSearchParams(asked).toString()}`
}

/**
 * Show filters in the form; one that it does not offer is offered from now on, because what is
 * asked and what is shown must be the same.
 * @param {HTMLFormElement} form
 * @param {Filters} filters
 * @param {string} [words]  for a person who is not in the list
 */
export function show(form, filters, words) {
    for (const name of NAMES) {
        const control = form.elements.namedItem(name)
        const value = filters[name] ?? ""
        if (control instanceof HTMLInputElement) control.value = value
        if (control instanceof HTMLSelectElement) {
            control.value = value
            if (control.value !== value) control.append(new Option(words ?? value, value, true, true))
        }
    }
}

/**
 * Fill the form with what can be chosen.
 * @param {HTMLFormElement} form
 * @param {Record<string, any>} choices
 */
export function offer(form, { acts, people, programs, reasons }) {
    select(form, "actor").append(
        new Option("The reporter", "reporter"),
        ...people.map((/** @type {{id: string, name: string}} */ one) => new Option(one.name, one.id)),
    )
    select(form, "program").append(
        ...programs.map((/** @type {{slug: string, name: string}} */ one) => new Option(one.name, one.slug)),
    )
    select(form, "act").append(...grouped(acts))
    select(form, "why").append(
        ...reasons.map((/** @type {{code: string, words: string}} */ one) => new Option(one.words, one.code)),
    )
}

/** @param {{act: string, theme: string, words: string}[]} acts */
function grouped(acts) {
    const groups = /** @type {Map<string, HTMLOptGroupElement>} */ (new Map())
    for (const { act, theme, words } of acts) {
        const group = groups.get(theme) ?? document.createElement("optgroup")
        group.label = theme
        group.append(new Option(words, act))
        groups.set(theme, group)
    }
    return groups.values()
}

/** @param {HTMLFormElement} form @param {string} name */
function select(form, name) {
    const control = form.elements.namedItem(name)
    if (control instanceof HTMLSelectElement) return control
    throw new TypeError(`the form has no list called ${name}`)
}

/** @param {URLSearchParams | FormData} given @returns {Filters} */
function kept(given) {
    return Object.fromEntries(
        NAMES.flatMap((name) => {
            const value = given.get(name)
            return typeof value === "string" && value.trim() ? [[name, value.trim()]] : []
        }),
    )
}
