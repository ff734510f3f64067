/** The page a one-time link leads to: its code stays behind the `#`, and a passkey is made. */
import { byId, fill } from "../dom.js"
import { post } from "./api.js"
import { created } from "./passkey.js"
import { calm, trouble } from "./trouble.js"

const ENROL = "/staff/api/enrol"
const STRANGER = { stranger: true }
const form = byId("enrol", HTMLFormElement)
const label = byId("label", HTMLInputElement)
const button = byId("make", HTMLButtonElement)
const code = location.hash.slice(1)

addEventListener("hashchange", () => location.reload())
form.addEventListener("submit", (event) => {
    event.preventDefault()
    void enrol()
})
void welcome()

async function welcome() {
    try {
        const { name } = await post(`${ENROL}/options`, { code }, STRANGER)
        fill(document, "name", `You are invited as ${name}.`)
        label.disabled = button.disabled = false
        form.hidden = false
        label.focus()
    } catch (fault) {
        trouble(fault)
    }
}

async function enrol() {
    button.disabled = true
    calm()
    try {
        const { handle, options } = await post(`${ENROL}/options`, { code }, STRANGER)
        const credential = await created(options)
        const answer = { code, handle, credential, label: label.value }
        await post(`${ENROL}/finish`, answer, STRANGER)
        location.replace("/staff/account") // the link leaves the history with this
    } catch (fault) {
        trouble(fault)
        button.disabled = false
    }
}
