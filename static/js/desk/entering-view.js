/** What the page for mails says around its form: clocks, keys, places, other programs. */
import { when } from "../dates.js"
import { byId, element, fill } from "../dom.js"
import { choices } from "./queue-client.js"
import { HERE, offsets } from "./received-moment.js"

const ADDRESS = "/staff/programs"

/** Let people choose the clock that the mail's date goes by. */
export function offerZones() {
    const here = Intl.DateTimeFormat().resolvedOptions().timeZone
    const own = element("option", { value: HERE }, `This machine’s: ${here}`)
    const others = offsets().map((one) => element("option", { value: one }, `UTC${one}`))
    byId("f-zone", HTMLSelectElement).replaceChildren(own, ...others)
}

/**
 * Repeat the moment in the zone in which the policy counts.
 * @param {{moment: string, fault: string | null}} received
 * @param {string} zone  IANA name
 */
export function sayMoment({ moment, fault }, zone) {
    byId("moment-said", HTMLElement).textContent = fault ?? `That is ${when(moment, zone)}.`
}

/**
 * Say to whom the mail will be sealed, and on whose word.
 * @param {import("../keyset.js").Keyset} keyset
 * @param {boolean} lasting  the root is pinned on this machine
 */
export function sayKeys({ version, fingerprint, recipients }, lasting) {
    const pinned = lasting ? "pinned on this machine" : "the first that this tab saw"
    const many = recipients.length === 1 ? "the one person" : `the ${recipients.length} people`
    const words = `Sealed to ${many} in version ${version} of the keyset, under the root key `
    const place = byId("sealed-to", HTMLElement)
    place.replaceChildren(words, element("span", { class: "mono" }, fingerprint), ` (${pinned}).`)
}

/** In the server's own page, say where a page is that the server did not send. */
export function sayWhere() {
    if (document.documentElement.dataset.opening === "yes") return
    const place = byId("elsewhere", HTMLElement)
    fill(place, "desk", `portico desk --url ${location.origin}`)
    place.hidden = false
}

/**
 * Offer the other programs for which mails can be entered.
 * @param {string} program  slug of this one
 */
export async function offerPrograms(program) {
    const { programs } = await choices()
    const others = programs.filter(({ slug, role }) => slug !== program && role !== "reader")
    const links = others.flatMap(({ slug, name }, at) => [
        ...(at ? [", "] : []),
        element("a", { href: `${ADDRESS}/${slug}/enter` }, name),
    ])
    byId("other-list", HTMLElement).replaceChildren(...links)
    byId("other-programs", HTMLElement).hidden = others.length === 0
}
