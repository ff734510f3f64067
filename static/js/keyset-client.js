/** Getting the keyset that a report is sealed to, as it is now. */
import { PortalUnreachable } from "./errors.js"
import { verifyKeyset } from "./keyset.js"
import { newestSeen, remember, tabStorage } from "./newest-seen.js"
import { refusalFrom } from "./portal-error.js"

/**
 * Fetch the program's keyset and check everything that sealing relies on.
 * @param {import("./page-facts.js").PageFacts} page
 * @param {number} now  seconds since 1970
 * @returns {Promise<import("./keyset.js").Keyset>}
 * @throws {import("./errors.js").KeysetRefused} nothing may be sealed to it
 * @throws {import("./errors.js").PortalRefused} the portal has none
 * @throws {PortalUnreachable} no answer
 */
export async function currentKeyset(page, now) {
    const series = { program: page.program, root: page.root }
    const storage = tabStorage()
    const keyset = verifyKeyset(await published(page.keysetAddress), {
        ...series,
        now,
        newestSeen: newestSeen(storage, series),
    })
    remember(storage, series, keyset.version)
    return keyset
}

/** @param {string} address */
async function published(address) {
    const answer = await fetch(address, { cache: "no-store", credentials: "omit" }).catch(() => {
        throw new PortalUnreachable("The keys of this program could not be fetched.")
    })
    const text = await answer.text()
    if (!answer.ok) throw refusalFrom(answer.status, text)
    return text
}
