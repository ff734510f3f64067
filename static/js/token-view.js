/** A token on the page. */
import { element } from "./dom.js"

/**
 * Write a token in its groups: read aloud and copied with its hyphens, seen without.
 * @param {import("./token.js").Token} token
 * @returns {HTMLElement[]}
 */
export function tokenGroups({ text }) {
    return text.split("-").flatMap((group, at) => [
        ...(at > 0 ? [element("span", { class: "visually-hidden" }, "-")] : []),
        element("span", {}, group),
    ])
}

let shown = false

/**
 * Show the token of a kept report above whatever else became of the page. It leans on nothing that
 * the page holds, so that it works when everything else has failed.
 * @param {import("./token.js").Token} token
 * @param {string} reason  what went wrong, one sentence
 */
export function showPlainly(token, reason) {
    if (shown) return
    shown = true
    const title = element("p", { class: "title" }, "Your report is kept. This is your token:")
    const text = element("p", { class: "mono", id: "plain-token" }, token.text)
    const words = `It is the only way back to it. This page could not show the rest: ${reason}`
    const notice = element("div", { class: "notice care", role: "alert" }, title, text)
    notice.append(element("p", {}, words))
    const main = document.querySelector("main") ?? document.body
    main.prepend(notice)
    const form = document.getElementById("page")
    if (form) form.hidden = true
    scrollTo(0, 0)
}
