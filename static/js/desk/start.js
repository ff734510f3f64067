/** The first page of `portico desk`: the secret of the link becomes a session of this browser. */
import { byId } from "../dom.js"

const secret = location.hash.slice(1)
history.replaceState(null, "", location.pathname) // what worked once need not stay in the history

const headers = { "Content-Type": "application/json" }
const body = JSON.stringify({ secret })
const entered = await fetch("/start", { method: "POST", headers, body }).catch(() => null)
if (entered?.ok) {
    location.replace("/staff/")
} else {
    byId("said", HTMLElement).textContent = ""
    byId("refused", HTMLElement).hidden = false
}
