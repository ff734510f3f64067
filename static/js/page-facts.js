/** What the report page says about itself, in the data attributes of `#report`. */

/**
 * @typedef {object} PageFacts
 * @property {string} program  slug
 * @property {string} programName
 * @property {string} build
 * @property {{version: number, sha256: string}} policy
 * @property {string} root  fingerprint of the program's root key, hex
 * @property {boolean} refusesOut  whether reports about excluded targets are refused
 * @property {boolean} usesPaths  whether a rule looks at paths
 * @property {string} zone  IANA name, in which the policy counts days
 * @property {number} limit  bytes of one delivery
 * @property {string} scopeAddress
 * @property {string} keysetAddress
 * @property {string} reportAddress
 * @property {string} datesAddress
 */

/**
 * @param {DOMStringMap | Record<string, string | undefined>} data
 * @returns {PageFacts}
 * @throws {TypeError} the page and its script do not belong together
 */
export function pageFacts(data) {
    /** @param {string} name */
    const text = (name) => {
        const value = data[name]
        if (value) return value
        throw new TypeError(`the page does not say its ${name}`)
    }
    return {
        program: text("program"),
        programName: text("programName"),
        build: text("build"),
        policy: { version: whole(text("policyVersion")), sha256: hash(text("policySha256")) },
        root: hash(text("root")),
        refusesOut: text("onOut") === "refuse",
        usesPaths: text("usesPaths") === "true",
        zone: text("zone"),
        limit: whole(text("limit")),
        scopeAddress: text("scopeAddress"),
        keysetAddress: text("keysetAddress"),
        reportAddress: text("reportAddress"),
        datesAddress: text("datesAddress"),
    }
}

/** @param {string} text */
function whole(text) {
    if (/^[1-9]\d{0,14}$/.test(text)) return Number(text)
    throw new TypeError(`${text} is not a whole number`)
}

/** @param {string} text */
function hash(text) {
    if (/^[0-9a-f]{64}$/.test(text)) return text
    throw new TypeError(`${text} is not a SHA-256 in hex`)
}
