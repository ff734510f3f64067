/** The page of keys: of one program, or the list of the programs that somebody works in. */
import "../copy.js"
import { byId, fill, fromTemplate, slot } from "../dom.js"
import { me } from "./api.js"
import { KeysClient } from "./keys-client.js"
import { showFacts } from "./keys-view.js"
import { howMany } from "./keys-words.js"
import { showSteps } from "./rotation-view.js"
import { SharingView } from "./sharing-view.js"
import { trouble } from "./trouble.js"

/** @typedef {import("./keys-client.js").Facts} Facts */

const PAGE = "/staff/keys"
const work = byId("work", HTMLElement)

try {
    const [, named] = /^\/staff\/keys\/([^/]+)\/?$/.exec(location.pathname) ?? []
    const mine = Object.keys((await me()).roles).sort()
    const program = named ?? (mine.length === 1 ? mine[0] : null)
    if (program === null) await list(mine)
    else await start(program)
} catch (fault) {
    trouble(fault)
} finally {
    byId("waiting", HTMLElement).hidden = true
}

/** @param {string} program  slug */
async function start(program) {
    const client = new KeysClient(program)
    const roots = JSON.parse(work.dataset.roots ?? "{}")
    const sharing = new SharingView(client, roots[program] ?? null, refresh)
    await refresh()
    work.hidden = false

    async function refresh() {
        const facts = await client.facts()
        showFacts(facts, Date.now())
        sharing.show(facts)
        showSteps(facts)
    }
}

/** @param {string[]} programs  slugs */
async function list(programs) {
    const found = await Promise.all(programs.map((slug) => new KeysClient(slug).facts()))
    byId("program-list", HTMLElement).replaceChildren(...found.map(line))
    byId("programs", HTMLElement).hidden = false
}

/** @param {Facts} facts */
function line({ program, name, keyset, alarms, unshared }) {
    const made = fromTemplate("program-line")
    fill(made, "name", name)
    slot(made, "name").setAttribute("href", `${PAGE}/${program}`)
    const words = [
        keyset ? `Version ${keyset.version}.` : "",
        ...alarms.map(({ message }) => message),
        unshared.files ? `${howMany(unshared.files, "file")} to share.` : "",
    ]
    fill(made, "state", words.filter(Boolean).join(" "))
    return made
}
