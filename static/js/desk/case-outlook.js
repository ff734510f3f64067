/** What staff keep in mind beside the dates: publication, held data, a reward, an unopened report. */
import { byId, element } from "../dom.js"

/** @typedef {import("./case-client.js").Case} Case */

const WEIGHTS = /** @type {Record<string, string>} */ ({
    low: "low",
    medium: "medium",
    high: "high",
})

/** @param {Case} shown */
export function showOutlook({ publication, data, reward, unopened }) {
    say("publication-told", publication.told)
    say("data-told", data.told)
    say("reward-told", rewardWords(reward))
    byId("unopened", HTMLElement).hidden = !unopened
}

/** @param {Case["reward"]} reward @returns {string[]} */
function rewardWords(reward) {
    if (!reward) return ["The policy does not say anything about a reward."]
    const decided = { yes: "Decided: a reward is given.", no: "Decided: no reward is given." }
    const answer = decided[/** @type {"yes" | "no"} */ (reward.answer)]
    if (answer) return [answer, ...weighed(reward)]
    const factors = reward.factors.map(({ text }) => text).join("; ")
    return [reward.text, ...(factors ? [`A decision weighs: ${factors}.`] : [])]
}

/** @param {NonNullable<Case["reward"]>} reward @returns {string[]} */
function weighed({ factors, weighed: given }) {
    if (factors.length === 0) return []
    const words = factors.map(({ id, text }) => `${text}: ${WEIGHTS[given[id]] ?? "not weighed"}`)
    return [`${words.join("; ")}.`]
}

/** @param {string} place @param {string[]} sentences */
function say(place, sentences) {
    const said = sentences.map((words) => element("p", {}, words))
    byId(place, HTMLElement).replaceChildren(...said)
}
