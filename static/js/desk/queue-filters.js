/** The filters of the queue: in the address of the page, in its form, and in the question. */

/** @typedef {Record<string, string>} Filters  by name; what is not filtered has no entry */

const CHOSEN = ["state", "kind", "ruling", "program", "assigned"]
export const NAMES = [...CHOSEN, "urgent", "overdue", "unread", "quiet"]

/**
 * @param {string} search  of the page's address
 * @returns {Filters}
 */
export function fromAddress(search) {
    const given = new URLSearchParams(search)
    return kept((name) => given.get(name))
}

/**
 * @param {HTMLFormElement} form
 * @returns {Filters}
 */
export function fromForm(form) {
    const given = new FormData(form)
    return kept((name) => /** @type {string | null} */ (given.get(name)))
}

/**
 * @param {Filters} filters
 * @returns {string} the page's address with them
 */
export function address(filters) {
    const query = new URLSearchParams(filters).toString()
    return query ? `/staff/?${query}` : "/staff/"
}

/**
 * @param {string} path  of the staff API
 * @param {Filters} filters
 * @param {string | null} [after]  where the part before ended
 * @returns {string} the question to the portal
 */
export function question(path, filters, after) {
    const query = new URLSearchParams(after ? { ...filters, after } : filters).toString()
    return query ? `${path}?${query}` : path
}

/**
 * Show filters in the form; one that it does not offer is offered from now on, because what is
 * asked and what is shown must be the same.
 * @param {HTMLFormElement} form
 * @param {Filters} filters
 */
export function show(form, filters) {
    for (const name of NAMES) {
        const control = form.elements.namedItem(name)
        const value = filters[name] ?? ""
        if (control instanceof HTMLInputElement) control.checked = value !== ""
        if (control instanceof HTMLSelectElement) {
            control.value = value
            if (control.value !== value) control.append(new Option(value, value, true, true))
        }
    }
}

/**
 * Fill the form with what can be chosen.
 * @param {HTMLFormElement} form
 * @param {import("./queue-client.js").Choices} choices
 * @param {string} self  who is signed in, and is in the form already as “Me”
 */
export function offer(form, { states, kinds, rulings, programs, people }, self) {
    const others = people.filter(({ id }) => id !== self)
    const offered = {
        state: states.map(({ value, label }) => new Option(label, value)),
        kind: kinds.map(({ value, label }) => new Option(label, value)),
        ruling: rulings.map(({ value, label }) => new Option(label, value)),
        program: programs.map(({ slug, name }) => new Option(name, slug)),
        assigned: others.map(({ id, name }) => new Option(name, id)),
    }
    for (const [name, options] of Object.entries(offered)) {
        const control = form.elements.namedItem(name)
        if (control instanceof HTMLSelectElement) control.append(...options)
    }
}

/**
 * Let people use a form: what they chose before its script listened would be lost.
 * @param {HTMLFormElement} form
 */
export function enable(form) {
    form.querySelector("fieldset")?.removeAttribute("disabled")
}

/**
 * @param {Filters} one
 * @param {Filters} other
 */
export function same(one, other) {
    return NAMES.every((name) => one[name] === other[name])
}

/** @param {(name: string) => string | null} valueOf @returns {Filters} */
function kept(valueOf) {
    return Object.fromEntries(
        NAMES.flatMap((name) => {
            const value = valueOf(name)
            return value ? [[name, value]] : []
        }),
    )
}
