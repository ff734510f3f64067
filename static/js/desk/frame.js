/** The frame of every page of the desk: who is signed in, and signing out. */
import { byId, fill } from "../dom.js"
import { me, post } from "./api.js"
import { closePasskeyActs, elsewhere } from "./elsewhere.js"
import { trouble } from "./trouble.js"

const place = byId("signed-in", HTMLElement)
const button = byId("sign-out", HTMLButtonElement)

const portal = elsewhere()
if (portal) closePasskeyActs(portal)

button.addEventListener("click", async () => {
    button.disabled = true
    try {
        await post("/staff/api/sign-out")
        location.assign("/staff/sign-in")
    } catch (fault) {
        button.disabled = false
        trouble(fault)
    }
})

try {
    const { name, roles } = await me()
    fill(place, "me", name)
    place.hidden = false
    const people = document.querySelector('.nav a[href="/staff/people"]')?.closest("li")
    people?.toggleAttribute("hidden", !Object.values(roles).includes("admin"))
} catch (fault) {
    trouble(fault)
}
