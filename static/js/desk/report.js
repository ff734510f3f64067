/** The desk's page of one report: what the server knows, and the rest once somebody has a key. */
import { byId, fill } from "../dom.js"
import { CaseClient } from "./case-client.js"
import { CaseDesk } from "./case-desk.js"
import { offerExport } from "./exporting.js"
import { pinnedRoot } from "./pinned-root.js"
import { Keys } from "./program-keys.js"
import { markSeen } from "./queue-client.js"
import { ReadingDesk } from "./reading-desk.js"
import { calm, trouble } from "./trouble.js"
import { VaultView } from "./vault-view.js"
import "../copy.js"

const id = decodeURIComponent(location.pathname.split("/").at(-1) ?? "")
const client = new CaseClient(id)
const desk = new CaseDesk(client, () => reading?.refresh())

/** @type {ReadingDesk | null} */
let reading = null

addEventListener("beforeunload", (event) => {
    if (reading?.unsent) event.preventDefault()
})

try {
    await start()
} catch (fault) {
    trouble(fault)
} finally {
    byId("waiting", HTMLElement).hidden = true
}

async function start() {
    await desk.refresh()
    byId("case", HTMLElement).hidden = false
    if (desk.shown.role !== "reader") offerExport(async () => [id])
    markSeen(id, desk.shown.activity).catch(trouble)
    const { program } = desk.shown
    const root = pinnedRoot(byId("case", HTMLElement).dataset.roots, program)
    const keys = new Keys(program, root)
    const made = new ReadingDesk(desk, { client, keys }, () => vault?.lock(""))
    reading = made
    made.refresh()
    const vault = document.documentElement.dataset.opening === "yes" ? vaultFor(made) : null
    if (!vault) sayWhere()
}

/** @param {ReadingDesk} made */
function vaultFor(made) {
    const view = new VaultView({
        opened: (vault) => {
            calm()
            return made.open(vault, (words) => view.say(words))
        },
        locked: () => made.lock(),
        leaving: () => made.keep(),
    })
    return view
}

/** Reports are not opened in this page: say where they are. */
function sayWhere() {
    const place = byId("elsewhere", HTMLElement)
    const bundle = `${id}.zip`
    fill(place, "desk", `portico desk --url ${location.origin}`)
    fill(
        place,
        "open",
        `portico export --report ${id} -o ${bundle}\nportico open ${bundle} -i IDENTITY -d ${id}`,
    )
    place.hidden = false
}
