/** Saved views: links with names, and the form that makes another. */
import { byId, element } from "../dom.js"
import { get, post } from "./api.js"
import { address, enable, same } from "./queue-filters.js"
import { trouble } from "./trouble.js"

/**
 * @typedef {import("./queue-filters.js").Filters} Filters
 * @typedef {{name: string, filters: Filters}} View
 */

const PATH = "/staff/api/views"

/**
 * Show one's views, and keep the filters of the moment as another when asked.
 * @param {() => Filters} filters  as they are now
 * @param {(said: string) => void} say
 * @returns {Promise<() => void>} marks the view that is shown, after the filters changed
 */
export async function savedViews(filters, say) {
    const place = byId("views", HTMLElement)
    const form = byId("save-view", HTMLFormElement)
    const name = byId("view-name", HTMLInputElement)
    let views = listOf(await get(PATH))

    const show = () => {
        const list = place.querySelector("ul")
        list?.replaceChildren(...views.map((view) => item(view, same(view.filters, filters()), forget)))
        place.hidden = !views.length
    }
    /** @param {string} path @param {object} body @param {string} said */
    const told = async (path, body, said) => {
        try {
            views = listOf(await post(path, body))
            show()
            say(said)
        } catch (fault) {
            trouble(fault)
        }
    }
    /** @param {string} gone */
    const forget = async (gone) => {
        await told(`${PATH}/remove`, { name: gone }, `The view ${gone} is removed.`)
        byId("filter-box", HTMLDetailsElement).querySelector("summary")?.focus()
    }
    form.addEventListener("submit", async (event) => {
        event.preventDefault()
        await told(PATH, { name: name.value, filters: filters() }, `Saved as ${name.value}.`)
        name.value = ""
    })
    enable(form)
    show()
    return show
}

/** @param {View} view @param {boolean} here @param {(name: string) => void} forget */
function item({ name, filters }, here, forget) {
    const link = element("a", { href: address(filters) }, name)
    if (here) link.setAttribute("aria-current", "page")
    const words = element("span", { class: "visually-hidden" }, `Remove the view ${name}`)
    const cross = element("span", { "aria-hidden": "true" }, "×")
    const button = element("button", { type: "button", class: "forget", title: "Remove" }, cross, words)
    button.addEventListener("click", () => forget(name))
    return element("li", {}, link, button)
}

/** @param {Record<string, any>} answer @returns {View[]} */
function listOf({ views }) {
    return views
}
