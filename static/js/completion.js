/** The rest of a report as a message: the answers as data, and once more as text for people. */

/**
 * @typedef {import("./field-element.js").FieldData} FieldData
 * @typedef {{id: string, text: string, statement: string, alone: boolean}} Statement
 * @typedef {{id: string, text: string}} Method
 *
 * @typedef {object} FormData  what a policy asks
 * @property {{id: string, title: string, fields: FieldData[]}[]} sections
 * @property {Statement[]} statements
 * @property {Method[]} methods
 *
 * @typedef {object} Answers
 * @property {Record<string, string>} fields  the answered ones, by id
 * @property {{attested: string[], used: string[]}} conduct  ids of clauses
 */

/**
 * @param {FormData} form
 * @param {Answers} answers
 * @returns {{kind: "completion", text: string, data: Answers}}
 */
export function completion(form, answers) {
    const fields = form.sections.flatMap((section) => section.fields)
    const answered = fields.filter(({ id }) => answers.fields[id] !== undefined)
    const said = answered.map((field) => `${field.label}\n${shown(field, answers.fields[field.id])}`)
    const { attested, used } = answers.conduct
    said.push(...clauses("Confirmed", attested, form.statements))
    said.push(...clauses("Done, though the policy forbids it", used, form.methods))
    return { kind: "completion", text: said.join("\n\n"), data: answers }
}

/** @param {FieldData} field @param {string} value */
function shown({ choices }, value) {
    return choices.find((one) => one.value === value)?.label ?? value
}

/** @param {string} title @param {string[]} ids @param {{id: string, text: string}[]} known */
function clauses(title, ids, known) {
    if (ids.length === 0) return []
    const lines = ids.map((id) => `- ${known.find((one) => one.id === id)?.text ?? id} (${id})`)
    return [[title, ...lines].join("\n")]
}
