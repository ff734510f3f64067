/** Reading the portal's answers: JSON it promised, or an error it explained. */
import { PortalRefused, PortalUnreachable } from "./errors.js"

/**
 * @param {string} text  body of an answer
 * @returns {Record<string, any>}
 * @throws {PortalUnreachable} not a JSON object
 */
export function jsonObject(text) {
    try {
        const value = JSON.parse(text)
        if (typeof value === "object" && value !== null && !Array.isArray(value)) return value
    } catch {
        // said below
    }
    throw new PortalUnreachable("The portal's answer was not understood.")
}

/**
 * Turn an answer that is not a success into the error it stands for.
 * @param {number} status  of HTTP
 * @param {string} text  body of the answer
 * @returns {PortalRefused | PortalUnreachable}
 */
export function refusalFrom(status, text) {
    const said = explained(text)
    if (said) return new PortalRefused(said.message, { ...said, status })
    if (status === 413) return tooLarge() // a proxy in front may say this without our words
    return new PortalUnreachable(`The portal could not take this now (HTTP ${status}).`)
}

/** @param {string} text @returns {{code: string, message: string, hint: string} | null} */
function explained(text) {
    try {
        const { code, message, hint } = jsonObject(text).error
        return [code, message].every((word) => typeof word === "string")
            ? { code, message, hint: typeof hint === "string" ? hint : "" }
            : null
    } catch {
        return null
    }
}

function tooLarge() {
    return new PortalRefused("This is more than the portal takes at once.", {
        code: "too-large",
        hint: "Leave out the largest file and offer it in the report.",
        status: 413,
    })
}
