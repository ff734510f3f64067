/** Which of a policy's clauses may be about the tools someone names. */

/**
 * @typedef {object} Rule  a clause
 * @property {string} id
 * @property {string} text  in the policy's words
 * @property {string[]} tools  parts of words at which the policy wants it shown, in small letters
 * @property {boolean} method  whether it forbids a way of testing
 */

// For policies that name no tools: those whose name does not say what they do, beside words that do.
const SCANNING = /scan|crawl|spider|fuzz|nmap|nessus|nuclei|openvas|nikto|burp|zap|sqlmap|ffuf/i
const GUESSING = /brute|guess|spray|hydra|medusa|hashcat|wordlist|password/i
const FLOODING = /flood|stress|load test|slowloris|hping|loic/i

/** @type {[RegExp, RegExp][]} tools, and words in a rule that speak of them */
const KINDS = [
    [SCANNING, /scan|automat|tool/i],
    [GUESSING, /guess|brute|password|automat/i],
    [FLOODING, /denial of service|exhaust|flood/i],
]

/**
 * @param {string} tools  as the reporter names them
 * @param {Rule[]} rules
 * @returns {Rule[]} those worth a second look; never a judgement
 */
export function rulesAbout(tools, rules) {
    const words = tools.toLowerCase()
    const spoken = KINDS.filter(([tool]) => tool.test(tools)).map(([, rule]) => rule)
    return rules.filter((rule) =>
        rule.tools.length > 0
            ? rule.tools.some((part) => words.includes(part))
            : rule.method && spoken.some((about) => about.test(rule.text)),
    )
}
