/**
 * What somebody wants to change about a program's keys, held against what is in force.
 */

/**
 * @typedef {import("./keys-client.js").Facts} Facts
 * @typedef {import("./keys-client.js").Holder} Holder
 * @typedef {ReturnType<typeof files>} Files
 *
 * @typedef {object} Plan
 * @property {string} name  of whoever gets a key; empty when the set is only signed anew
 * @property {string} role  what they do
 * @property {string} retire  fingerprint of the key that goes; empty when none does
 *
 * @typedef {object} State
 * @property {Facts} facts
 * @property {Plan} plan
 * @property {number} newest  version of the keyset; 0 before the first
 * @property {Holder | null} entry  of the newcomer, once it is in force
 * @property {string} since  a sentence about that
 * @property {Holder | null} old  whose key is to go and is still there
 * @property {string} gone  a sentence, once it is not
 * @property {boolean} together  whether it goes in the same step as the newcomer comes
 * @property {Files} files
 */

/**
 * @param {Facts} facts
 * @param {Plan} plan
 * @returns {State}
 */
export function stateOf(facts, plan) {
    const newest = facts.versions[0]?.version ?? 0
    const found = { ...newcomer(facts, plan), ...goer(facts, plan) }
    return { facts, plan, newest, ...found, files: files(facts, plan) }
}

/**
 * Look for the person in the set that is in force; under the key that is to go they do not count.
 * @param {Facts} facts
 * @param {Plan} plan
 */
function newcomer({ keyset, versions }, { name, retire: goes }) {
    const same = (/** @type {Holder} */ one) => fold(one.name) === fold(name)
    const entry = keyset?.entries.find((one) => same(one) && one.fingerprint !== goes) ?? null
    const came = versions.find(({ changes }) =>
        changes.added.some((one) => one.fingerprint === entry?.fingerprint),
    )
    const since = entry && came ? `${entry.name} is in since version ${came.version}.` : ""
    return { entry, since }
}

/**
 * Look for the key that is to go. It goes at once when nobody comes, or when its holder comes back
 * with another one under the same name; else in a set of its own, after old reports were shared.
 * @param {Facts} facts
 * @param {Plan} plan
 */
function goer({ keyset, versions }, { name, retire: goes }) {
    const mine = (/** @type {Holder} */ one) => one.fingerprint === goes
    const old = keyset?.entries.find(mine) ?? null
    const left = versions.find(({ changes }) => changes.retired.some(mine))
    const gone = left && !old ? `It is out since version ${left.version}.` : ""
    return { old, gone, together: old !== null && (!name || fold(old.name) === fold(name)) }
}

/** @param {Facts} facts @param {Plan} plan */
function files({ program, versions }, { name }) {
    const newest = versions[0]?.version ?? 0
    const person = fold(name).replace(/[^a-z0-9]+/g, "-").replace(/^-|-$/g, "") || "colleague"
    const set = (/** @type {number} */ version) => `${program}-v${version}.keyset.jws`
    const made = (/** @type {number} */ version) => `${program}-v${version}.draft.json`
    return {
        key: `${person}.key`,
        card: `${person}.key.card`,
        now: set(newest),
        next: set(newest + 1),
        later: set(newest + 2),
        draft: made(newest + 1),
        lastDraft: made(newest + 2),
    }
}

/** @param {string} text */
function fold(text) {
    return text.trim().toLowerCase()
}
