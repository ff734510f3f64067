/** The checklist for changing a program's keys, filled in as somebody says what they want to do. */
import { copyButton } from "../copy.js"
import { byId, element, fill, fromTemplate, slot } from "../dom.js"
import { rotationSteps } from "./rotation.js"

/**
 * @typedef {import("./keys-client.js").Facts} Facts
 * @typedef {import("./rotation.js").Step} Step
 */

const name = byId("plan-name", HTMLInputElement)
const role = byId("plan-role", HTMLInputElement)
const retire = byId("plan-retire", HTMLSelectElement)

/** @type {Facts | null} */
let known = null
byId("plan", HTMLFormElement).addEventListener("input", show)
byId("plan", HTMLFormElement).addEventListener("submit", (event) => event.preventDefault())

/**
 * Show the steps; on a first look they are those of whoever came last.
 * @param {Facts} facts
 */
export function showSteps(facts) {
    if (known === null) startFrom(facts)
    known = facts
    offerKeys(facts)
    show()
}

/** @param {Facts} facts */
function startFrom({ versions, unshared }) {
    const [came] = versions[0]?.changes.added ?? []
    // The first keyset brings everybody, and nobody has anything to do about it.
    if (!came || versions.length === 1 || unshared.files === 0) return
    name.value = came.name
    role.value = came.role
}

/** @param {Facts} facts */
function offerKeys({ keyset, versions }) {
    const chosen = retire.value
    const here = (keyset?.entries ?? []).map((one) => ({ ...one, word: one.role }))
    const gone = versions.flatMap(({ version, changes }) =>
        changes.retired.map((one) => ({ ...one, word: `out since version ${version}` })),
    )
    const options = [...here, ...gone].map(({ fingerprint, name: whose, word }) =>
        element("option", { value: fingerprint }, `${whose} (${word})`),
    )
    retire.replaceChildren(element("option", { value: "" }, "None"), ...options)
    retire.value = chosen
}

function show() {
    if (!known) return
    const plan = { name: name.value.trim(), role: role.value.trim(), retire: retire.value }
    const steps = rotationSteps(known, plan)
    byId("steps", HTMLElement).replaceChildren(...steps.map(line))
}

/** @param {Step} step */
function line({ title, who, where, why, commands, done, fact }) {
    const made = fromTemplate("step-line")
    const [standing, mark] = done === null ? ["Not needed", "none"] : done ? ["Done", "yes"] : ["To do", "no"]
    made.dataset.done = mark
    for (const [place, text] of Object.entries({ standing, title, who, where, why })) {
        fill(made, place, text)
    }
    showCommands(slot(made, "commands"), done === false ? commands : [], title)
    fill(made, "fact", done === false ? "" : fact)
    return made
}

/** @param {HTMLElement} block @param {string[]} commands @param {string} title */
function showCommands(block, commands, title) {
    // Each ends with its own line break, so that what is copied is what is seen.
    block.replaceChildren(...commands.map((command) => element("code", {}, `${command}\n`)))
    block.parentElement?.toggleAttribute("hidden", commands.length === 0)
    if (commands.length) block.after(copyButton(block, `commands: ${title}`))
}
