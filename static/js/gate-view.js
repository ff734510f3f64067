/** The notice over the locked form; it stands in the page until the script has proven itself. */
import { byId } from "./dom.js"

/** Take the notice away: the form is open. */
export function openGate() {
    byId("gate", HTMLElement).hidden = true
}

/**
 * Say why the form stays locked.
 * @param {{message: string, hint: string}} reason
 */
export function keepGate({ message, hint }) {
    byId("gate", HTMLElement).hidden = false
    byId("gate-title", HTMLElement).textContent = "The form stays locked"
    byId("gate-reason", HTMLElement).textContent = `${message} ${hint}`
}
