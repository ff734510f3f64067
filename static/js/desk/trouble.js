/** What went wrong, said at the top of a page of the desk, where it stays until it is put right. */
import { byId, refusal } from "../dom.js"
import { PorticoError } from "../errors.js"

const UNFORESEEN = {
    message: "Something went wrong in this page.",
    hint: "Load the page again. What the portal was told to keep is kept.",
}

/**
 * Say what went wrong, and bring it into view.
 * @param {unknown} fault
 */
export function trouble(fault) {
    const notice = refusal(fault instanceof PorticoError ? fault : UNFORESEEN)
    const place = byId("trouble", HTMLElement)
    place.replaceChildren(notice)
    place.scrollIntoView({ block: "nearest" })
    if (!(fault instanceof PorticoError)) console.error(fault)
}

/** Take back what was said, because it holds no more. */
export function calm() {
    byId("trouble", HTMLElement).replaceChildren()
}
