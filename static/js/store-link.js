/**
 * Apps, by the links that their stores give them; `scope/app.py` reads the same.
 *
 * The id stands in the query, which never leaves a page whole, so the app is named here.
 */

const SCHEME = /^[a-z][a-z0-9+.-]*:[/\\]{2}/i
const MARKET = /^market:\/\/details\?/
const PLAY = "https://play.google.com/store/apps/details?"
const PLAY_HOSTS = new Set(["play.google.com", "market.android.com"])
const PLAY_PATHS = new Set(["store/apps/details", "details"])
const PACKAGE = /^[a-z]\w*(?:\.[a-z]\w*)+$/i
const APPLE_HOSTS = new Set(["apps.apple.com", "itunes.apple.com"])
const APPLE_ID = /^id(\d{5,15})$/
const APPLE_TAIL = /^(?:[^./\s]+\/)?id(\d{5,15})$/ // the end of a link, copied alone

/**
 * @param {string} text  as someone pasted it, without blanks around it
 * @returns {string | null} `android:…` or `ios:…`; null when the text is no link to an app
 */
export function appLinked(text) {
    const tail = APPLE_TAIL.exec(text)
    if (tail) return `ios:${tail[1]}`
    const url = /\s/.test(text) ? null : urlOf(text.replace(MARKET, PLAY))
    if (!url) return null
    const host = url.hostname.toLowerCase().replace(/\.$/, "")
    const path = url.pathname.split("/").filter(Boolean)
    if (APPLE_HOSTS.has(host)) return fromApple(path.at(-1) ?? "")
    return PLAY_HOSTS.has(host) ? fromPlay(path.join("/"), url.searchParams) : null
}

/** @param {string} last  segment of the path */
function fromApple(last) {
    const found = APPLE_ID.exec(last)
    return found && `ios:${found[1]}`
}

/** @param {string} path @param {URLSearchParams} query */
function fromPlay(path, query) {
    const ids = new Set(query.getAll("id").filter(Boolean))
    const [id] = ids // of two different ones nobody knows which counts
    return PLAY_PATHS.has(path) && ids.size === 1 && PACKAGE.test(id) ? `android:${id}` : null
}

/** @param {string} text  with a scheme or without @returns {URL | null} */
function urlOf(text) {
    try {
        return new URL(SCHEME.test(text) ? text : `https://${text.replace(/^[/\\]{2}/, "")}`)
    } catch {
        return null
    }
}
