/** The words of the page of keys: counts, dates, and what a keyset changed. */

const DAY = 86_400_000 // milliseconds

/**
 * @param {number} count
 * @param {string} noun
 */
export function howMany(count, noun) {
    return `${count} ${noun}${count === 1 ? "" : "s"}`
}

/** @param {readonly string[]} list */
export function names(list) {
    return list.length < 2 ? list.join("") : `${list.slice(0, -1).join(", ")} and ${list.at(-1)}`
}

/**
 * @param {string} moment  ISO 8601
 * @param {number} now  milliseconds since 1970
 */
export function daysLeft(moment, now) {
    const days = Math.floor((Date.parse(moment) - now) / DAY)
    if (days < 0) return "It has expired."
    return days === 0 ? "Less than a day is left." : `${howMany(days, "day")} left.`
}

/**
 * @param {import("./keys-client.js").Changes} changes
 * @param {(hex: string) => string} short  shortens a fingerprint
 * @returns {string[]} a sentence for each
 */
export function changeWords({ added, retired, altered, receipt_key: receipt }, short) {
    const said = [
        ...added.map((one) => `Added: ${one.name} (${one.role}), key ${short(one.fingerprint)}`),
        ...retired.map((one) => `Retired: ${one.name} (${one.role}), key ${short(one.fingerprint)}`),
        ...altered.map((one) => `Changed: ${one.name} (${one.role}), same key ${short(one.fingerprint)}`),
        ...(receipt ? [`Receipts are signed with ${short(receipt)}`] : []),
    ]
    return said.length ? said : ["Signed anew; nobody came or went."]
}
