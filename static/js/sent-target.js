/**
 * What of a target leaves the page: scheme, host and port, and the path where the policy needs it.
 *
 * Never a user name, a query or a fragment: those often carry secrets of a live session.
 */
import { TargetUnclear } from "./errors.js"
import { appLinked } from "./store-link.js"

const LONGEST = 300 // characters: a host name has 253 at most
const NAME = /^[\p{L}\p{M}\p{N}.\-_*]+(?::\d{1,5})?$/u
const ADDRESS = /^(?:\[[0-9a-f:.]+\](?::\d{1,5})?|[0-9a-f]*:[0-9a-f:]*:[0-9a-f:.]*)$/i // version 6
const WRITTEN = /^(?:([a-z][a-z0-9+.-]*):\/\/)?([^/?#\\]*)([/\\][^?#]*)?/i
const APP = /^(?:android|ios):[\w.-]+$/i

/**
 * @param {string} text  as someone typed or pasted it
 * @param {{usesPaths: boolean}} policy
 * @returns {string} fit to be sent to the checker
 * @throws {TargetUnclear} it cannot be cut down safely, so nothing may be sent
 */
export function sentTarget(text, { usesPaths }) {
    const sent = appOf(text.trim()) ?? addressOf(text.trim(), usesPaths)
    if (sent === null || sent.length > LONGEST) throw unclear()
    return sent
}

/** @param {string} text @returns {string | null} an app, also when a link to its store names it */
function appOf(text) {
    return APP.test(text) ? text : appLinked(text)
}

/** @param {string} text @param {boolean} usesPaths */
function addressOf(text, usesPaths) {
    const [, scheme = "", authority = "", path = ""] = WRITTEN.exec(text) ?? []
    const host = authority.slice(authority.lastIndexOf("@") + 1)
    if (!NAME.test(host) && !ADDRESS.test(host)) return null
    return (scheme && `${scheme}://`) + host + (usesPaths ? path.replaceAll("\\", "/") : "")
}

function unclear() {
    return new TargetUnclear("This does not look like one address, so it was not checked.", {
        hint: "Write one site, address or app, such as https://shop.example.org or 192.0.2.7.",
    })
}
