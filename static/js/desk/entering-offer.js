/** The way from the queue to the page on which a mail is entered, for those who handle reports. */
import { byId } from "../dom.js"

/**
 * @param {import("./queue-client.js").Choices["programs"]} programs  of whoever is signed in
 * @param {string | undefined} chosen  slug, where the filters choose a program
 */
export function offerEntering(programs, chosen) {
    const theirs = programs.filter(({ role }) => role !== "reader").map(({ slug }) => slug)
    const link = byId("enter-mail", HTMLAnchorElement)
    const slug = chosen && theirs.includes(chosen) ? chosen : theirs[0]
    link.hidden = slug === undefined
    if (slug !== undefined) link.href = `/staff/programs/${slug}/enter`
}
