/** What the desk's page of keys shows of the facts: alarms, the set in force, and its history. */
import { byId, element, fill, fromTemplate, slot } from "../dom.js"
import { fillTime } from "../timeline.js"
import { changeWords, daysLeft, howMany, names } from "./keys-words.js"

/**
 * @typedef {import("./keys-client.js").Facts} Facts
 * @typedef {import("./keys-client.js").InForce} InForce
 * @typedef {import("./keys-client.js").Holder} Holder
 * @typedef {import("./keys-client.js").Version} Version
 */

const ZONE = Intl.DateTimeFormat().resolvedOptions().timeZone
const KINDS = { hybrid: "hybrid, post-quantum", classic: "classic, X25519" }

/** @param {Facts} facts  @param {number} now  milliseconds since 1970 */
export function showFacts(facts, now) {
    byId("alarms", HTMLElement).replaceChildren(...facts.alarms.map(alarm))
    byId("no-set", HTMLElement).hidden = facts.keyset !== null
    byId("in-force", HTMLElement).hidden = facts.keyset === null
    if (facts.keyset) showKeyset(facts, facts.keyset, now)
    const held = facts.versions.filter(({ files }) => files > 0)
    byId("versions", HTMLElement).hidden = held.length === 0
    byId("version-rows", HTMLElement).replaceChildren(...held.map(row))
    byId("change-list", HTMLElement).replaceChildren(...facts.versions.map(change))
}

/** @param {import("./keys-client.js").Alarm} found */
function alarm({ message, hint }) {
    const notice = fromTemplate("alarm")
    fill(notice, "message", message)
    fill(notice, "hint", hint)
    return notice
}

/** @param {Facts} facts @param {InForce} keyset @param {number} now */
function showKeyset({ name, url, program }, keyset, now) {
    const place = byId("in-force", HTMLElement)
    fill(place, "program", name)
    fill(place, "version", String(keyset.version))
    fill(place, "kind", KINDS[keyset.kind])
    fillTime(place, "created", keyset.created, ZONE)
    fillTime(place, "expires", keyset.expires, ZONE)
    fill(place, "left", daysLeft(keyset.expires, now))
    showFingerprint(slot(place, "root"), keyset.fingerprint)
    fill(place, "receipt", short(keyset.receipt_key.kid))
    slot(place, "receipt").title = keyset.receipt_key.kid
    fillTime(place, "receipt-until", keyset.receipt_key.valid_until, ZONE)
    byId("holder-list", HTMLElement).replaceChildren(...keyset.entries.map(holder))
    byId("public-page", HTMLAnchorElement).href = `${url}/${program}/keys`
}

/**
 * Write a fingerprint in groups of four, as the public page does.
 * @param {HTMLElement} place
 * @param {string} hex
 */
export function showFingerprint(place, hex) {
    const groups = hex.match(/.{1,4}/g) ?? []
    place.replaceChildren(...groups.map((group) => element("span", {}, group)))
}

/** @param {Holder} one */
function holder({ name, role, fingerprint, signing }) {
    const line = fromTemplate("holder-line")
    fill(line, "name", name)
    fill(line, "role", role)
    fill(line, "fingerprint", short(fingerprint))
    slot(line, "fingerprint").title = fingerprint
    slot(line, "signs").hidden = signing === null
    if (signing) fill(line, "signing", short(signing))
    return line
}

/** @param {Version} version */
function row({ version, files, reports, covers, lacking }) {
    const line = fromTemplate("version-row")
    fill(line, "version", `Version ${version}`)
    fill(line, "files", `${howMany(files, "file")} of ${howMany(reports, "report")}`)
    fill(line, "lacking", covers ? "Nobody: all can" : names(lacking))
    return line
}

/** @param {Version} version */
function change({ version, published_at: at, changes }) {
    const line = fromTemplate("change-line")
    fill(line, "version", `Version ${version}`)
    fillTime(line, "at", at, ZONE)
    const words = changeWords(changes, short).map((text) => element("li", {}, text))
    slot(line, "words").replaceChildren(...words)
    return line
}

/** @param {string} hex */
function short(hex) {
    return `${hex.slice(0, 16)}…`
}
