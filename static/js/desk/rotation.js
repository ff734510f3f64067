/**
 * The steps of changing a program's keys: who does each, where, with which command, and what the
 * portal knows to be done already. Pure: facts in, steps out.
 */
import { stateOf } from "./rotation-plan.js"

/**
 * @typedef {import("./keys-client.js").Facts} Facts
 * @typedef {import("./rotation-plan.js").Plan} Plan
 * @typedef {import("./rotation-plan.js").State} State
 *
 * @typedef {object} Step
 * @property {string} id
 * @property {string} title
 * @property {string} who
 * @property {string} where
 * @property {string} why  one or two sentences
 * @property {string[]} commands
 * @property {boolean | null} done  null: this plan has no need of it, so nobody did it either
 * @property {string} fact  what shows that it is done, or not needed
 */

const PLAIN = /^[A-Za-z0-9_./:@%+=,-]+$/ // what a shell takes as it is

/**
 * @param {Facts} facts
 * @param {Plan} plan
 * @returns {Step[]} in their order
 */
export function rotationSteps(facts, plan) {
    const state = stateOf(facts, plan)
    return [generate, card, draft, sign, publish, share, retire].map((step) => step(state))
}

/**
 * @param {string} word
 * @returns {string} the word as a shell takes it for one
 */
export function quoted(word) {
    return PLAIN.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`
}

/** @param {State} state @returns {Step} */
function generate({ facts, plan, entry, since, files: { key } }) {
    const classic = facts.keyset?.kind === "classic" ? " --classic" : ""
    return {
        id: "generate",
        title: "Make a key",
        who: plan.name || "The new colleague",
        where: "on their own machine",
        why: "The key never leaves it. A copy of the file belongs into a safe place.",
        commands: [`portico keygen${classic} --passphrase --name ${quoted(plan.name)} -o ${key}`],
        done: plan.name ? entry !== null : null,
        fact: since,
    }
}

/** @param {State} state @returns {Step} */
function card({ plan, entry, since, files: names }) {
    return {
        id: "card",
        title: "Hand over the card",
        who: plan.name || "The new colleague",
        where: "to whoever keeps the keyset, by mail or by hand",
        why: "It holds public keys only. Compare its fingerprint by voice, so that nobody slips in another.",
        commands: [`sha256sum ${names.card}`],
        done: plan.name ? entry !== null : null,
        fact: since,
    }
}

/** @param {State} state @returns {Step} */
function draft(state) {
    const { facts, plan, newest, old, together, files: names } = state
    const start = newest
        ? [
              fetched(state),
              `portico keyset new --after ${names.now} -o ${names.draft}`,
          ]
        : [`portico keyset new --program ${facts.program} --receipt-key receipt.pub -o ${names.draft}`]
    const role = quoted(plan.role || "handler")
    const out = together && old ? [`portico keyset remove ${names.draft} ${quoted(old.name)}`] : []
    const into = `portico keyset add ${names.draft} ${names.card} --role ${role}`
    return {
        id: "add",
        title: plan.name ? "Add them to the next keyset" : "Start the next keyset",
        who: "Whoever keeps the keyset",
        where: "on their own machine",
        why: "The draft starts from the newest set, with its people and its receipt key.",
        commands: [...start, ...out, ...(plan.name ? [into] : [])],
        ...inForce(state),
    }
}

/** @param {State} state @returns {Step} */
function sign(state) {
    const { draft: made, next } = state.files
    return {
        id: "sign",
        title: "Sign it with the root key",
        who: "Whoever holds the root key",
        where: "on the machine that is on no network",
        why: "Read the names it prints before you carry the signed set back. It holds for 30 days.",
        commands: [`portico keyset sign ${made} --root root.key -o ${next}`],
        ...inForce(state),
    }
}

/** @param {State} state @returns {Step} */
function publish(state) {
    return {
        id: "publish",
        title: "Put it in force",
        who: "The operator",
        where: "on the server",
        why: "From then on every new report is sealed to it. The public page of keys shows the change.",
        commands: [`portico keyset publish ${state.files.next}`],
        ...inForce(state),
    }
}

/** @param {State} state @returns {string} the command that gets the newest keyset */
function fetched({ facts: { url, program }, newest, files: { now } }) {
    return `curl -fsS -o ${now} ${quoted(`${url}/${program}/keyset.jws?version=${newest}`)}`
}

/** @param {State} state @returns {Step} */
function share(state) {
    const { facts, plan, entry, newest, files: names } = state
    const waits = plan.name !== "" && entry === null
    return {
        id: "share",
        title: "Share old reports",
        who: "Anybody in the keyset who can open them",
        where: "on this page, or with commands: the first and the last of them on the server",
        why: "Only headers travel, and the content stays as it is. What is shared is never taken back.",
        commands: [
            `portico export --program ${facts.program} -o bundle.zip`,
            ...(waits || newest === 0 ? [] : [fetched(state)]),
            `portico keyset share bundle.zip -i MY.key --keyset ${waits ? names.next : names.now} -o headers.json`,
            "portico keyset apply-headers headers.json",
        ],
        done: facts.unshared.files > 0 || waits ? false : plan.name ? true : null,
        fact: newest ? `Everybody in version ${newest} can open every file.` : "",
    }
}

/** @param {State} state @returns {Step} */
function retire({ plan, entry, old, gone, together, files: names }) {
    const waits = plan.name !== "" && entry === null
    const [from, to] = waits ? [names.next, names.later] : [names.now, names.next]
    const made = waits ? names.lastDraft : names.draft
    const apart = old && !together
    return {
        id: "retire",
        title: "Retire the old key",
        who: "Whoever keeps the keyset, the holder of the root key, and the operator",
        where: together ? "in the steps above, in one go" : "each as above",
        why:
            "What was sealed to it stays readable with it, and what it signed stays good under the " +
            "keysets that name it. No new report is sealed to it.",
        commands: apart
            ? [
                  `portico keyset new --after ${from} -o ${made}`,
                  `portico keyset remove ${made} ${quoted(old.name)}`,
                  `portico keyset sign ${made} --root root.key -o ${to}`,
                  `portico keyset publish ${to}`,
              ]
            : [],
        done: plan.retire ? old === null : null,
        fact: gone,
    }
}

/** @param {State} state  @returns {{done: boolean | null, fact: string}} of what the next keyset is for */
function inForce({ facts, plan, entry, since, old, gone }) {
    if (plan.name) return { done: entry !== null, fact: since }
    if (plan.retire) return { done: old === null, fact: gone }
    return { done: fresh(facts) ? null : false, fact: lasting(facts) }
}

/** @param {Facts} facts  of which the portal says nothing alarming about dates */
function fresh({ keyset, alarms }) {
    return keyset !== null && !alarms.some(({ code }) => code.startsWith("keyset-"))
}

/** @param {Facts} facts */
function lasting({ keyset }) {
    return keyset ? `Version ${keyset.version} holds until ${keyset.expires.slice(0, 10)}.` : ""
}
