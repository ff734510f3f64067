/** Telling a CVSS vector from a slip of the pen (FIRST, CVSS v3.1 section 6 and v4.0 section 7). */

/** @typedef {Record<string, string>} Metrics  the letters each metric may take */

/** @type {Metrics} */
const BASE_3 = { AV: "NALP", AC: "LH", PR: "NLH", UI: "NR", S: "UC", C: "HLN", I: "HLN", A: "HLN" }
/** @type {Metrics} */
const MORE_3 = {
    E: "XHFPU", RL: "XUWTO", RC: "XCRU", CR: "XHML", IR: "XHML", AR: "XHML",
    MAV: "XNALP", MAC: "XLH", MPR: "XNLH", MUI: "XNR", MS: "XUC",
    MC: "XHLN", MI: "XHLN", MA: "XHLN",
}
/** @type {Metrics} */
const BASE_4 = {
    AV: "NALP", AC: "LH", AT: "NP", PR: "NLH", UI: "NPA",
    VC: "HLN", VI: "HLN", VA: "HLN", SC: "HLN", SI: "HLN", SA: "HLN",
}
/** @type {Metrics} */
const MORE_4 = {
    E: "XAPU", CR: "XHML", IR: "XHML", AR: "XHML", MAV: "XNALP", MAC: "XLH", MAT: "XNP",
    MPR: "XNLH", MUI: "XNPA", MVC: "XHLN", MVI: "XHLN", MVA: "XHLN",
    MSC: "XHLN", MSI: "XSHLN", MSA: "XSHLN",
    S: "XNP", AU: "XNY", R: "XAUI", V: "XDC", RE: "XLMH",
}
const URGENCIES = ["X", "Clear", "Green", "Amber", "Red"] // the one metric of 4.0 spelled in words

/** @type {Record<string, {base: Metrics, more: Metrics}>} */
const VERSIONS = {
    "CVSS:3.0": { base: BASE_3, more: MORE_3 },
    "CVSS:3.1": { base: BASE_3, more: MORE_3 },
    "CVSS:4.0": { base: BASE_4, more: MORE_4 },
}

/**
 * Say what is wrong with a vector.
 * @param {string} text
 * @returns {string | null} one sentence; null when it can be read
 */
export function vectorFault(text) {
    const [name, ...parts] = text.trim().split("/")
    const version = Object.hasOwn(VERSIONS, name) ? VERSIONS[name] : null
    if (!version) return "A vector starts with CVSS:3.1/ or CVSS:4.0/."
    const known = { ...version.base, ...version.more }
    const seen = new Set()
    for (const part of parts) {
        const [metric, value] = part.split(":")
        if (!allowed(metric, value, known, name) || part.split(":").length !== 2) {
            return `“${part}” is not a metric of ${name}.`
        }
        if (seen.has(metric)) return `The metric ${metric} stands there twice.`
        seen.add(metric)
    }
    const missing = Object.keys(version.base).filter((metric) => !seen.has(metric))
    return missing.length === 0 ? null : `The vector lacks ${missing.join(", ")}.`
}

/** @param {string} metric @param {string} value @param {Metrics} known @param {string} version */
function allowed(metric, value, known, version) {
    if (version === "CVSS:4.0" && metric === "U") return URGENCIES.includes(value)
    return value?.length === 1 && Object.hasOwn(known, metric) && known[metric].includes(value)
}
