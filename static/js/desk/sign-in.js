/** The sign-in page: a passkey says who it is; nobody types a name. */
import { byId } from "../dom.js"
import { PasskeyUnavailable } from "../errors.js"
import { post } from "./api.js"
import { signed } from "./passkey.js"
import { calm, trouble } from "./trouble.js"

const SIGN_IN = "/staff/api/sign-in"
const STRANGER = { stranger: true }
const button = byId("sign-in", HTMLButtonElement)

button.disabled = false
button.addEventListener("click", async () => {
    button.disabled = true
    calm()
    try {
        await signIn()
        location.replace("/staff/")
    } catch (fault) {
        trouble(fault)
        button.disabled = false
    }
})

async function signIn() {
    const { handle, options, desk } = await post(`${SIGN_IN}/options`, {}, STRANGER)
    if (new URL(desk).hostname !== location.hostname) throw elsewhere(desk)
    const credential = await signed(options)
    await post(`${SIGN_IN}/finish`, { handle, credential }, STRANGER)
}

/** @param {string} desk  its address: passkeys belong to one host name */
function elsewhere(desk) {
    return new PasskeyUnavailable("Passkeys for this desk do not work under this address.", {
        hint: `Open ${desk}/staff/sign-in instead.`,
    })
}
