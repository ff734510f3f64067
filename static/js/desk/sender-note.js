/** Words for the sender of a mail that was entered: what was kept, and what is promised. */
import { when } from "../dates.js"

/**
 * @param {object} kept
 * @param {string} kept.report  its name
 * @param {string} kept.program  name of the program
 * @param {string} kept.receivedAt  ISO 8601
 * @param {import("../timeline.js").Deadline[]} kept.deadlines
 * @param {string} kept.zone  IANA name, in which the policy counts days
 * @param {string | null} kept.portal  address of the public pages; null when it is not known
 * @returns {string}
 */
export function senderNote({ report, program, receivedAt, deadlines, zone, portal }) {
    // What has no date yet follows from what staff do, and is said then.
    const dated = deadlines.flatMap(({ label, due }) =>
        due ? [`- ${label}: ${when(due, zone)}`] : [])
    const check = portal ? ` You can check it at ${portal}/verify.` : ""
    return [
        `Thank you for your mail of ${when(receivedAt, zone)} to ${program}.`,
        `We keep it as report ${report}, sealed to the people who work on it.`,
        ...(dated.length ? [`These dates follow from that moment:\n${dated.join("\n")}`] : []),
        `Attached is a receipt, signed by our portal. It shows when your report came.${check}`,
    ].join("\n\n")
}
