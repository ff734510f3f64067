/** Which of a policy's forbidden methods may be about the tools someone names. */

// Tools whose name does not say what they do, beside words that do.
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
 * @param {{id: string, text: string}[]} methods  in the policy's words
 * @returns {{id: string, text: string}[]} the rules worth a second look; never a judgement
 */
export function rulesAbout(tools, methods) {
    const spoken = KINDS.filter(([tool]) => tool.test(tools)).map(([, rule]) => rule)
    return methods.filter(({ text }) => spoken.some((rule) => rule.test(text)))
}
