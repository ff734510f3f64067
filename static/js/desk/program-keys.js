/**
 * The keysets of a program as a member of staff relies on them: under the root key that was pinned.
 *
 * The pin is the one that `portico desk` hands the page, or else the root that this tab saw first.
 */
import { seconds } from "../dates.js"
import { verifyKeyset } from "../keyset.js"
import { lastSeen, remember, steadyRoot, tabStorage } from "../newest-seen.js"
import { keysetsOf } from "../thread/keysets.js"
import { ask } from "./api.js"

/** @typedef {import("../keyset.js").Keyset} Keyset */

/** Fetches keysets and judges them. */
export class Keys {
    #program
    #stated
    #address
    /** @type {Map<number, Keyset>} */
    #known = new Map()

    /**
     * @param {string} program  slug
     * @param {string | null} stated  fingerprint of the root that this machine pinned, hex
     */
    constructor(program, stated) {
        this.#program = program
        this.#stated = stated
        this.#address = `/staff/api/programs/${program}/keyset.jws`
    }

    /** @returns {string | null} fingerprint, hex; null before anything was seen */
    get root() {
        return this.#stated ?? lastSeen(tabStorage(), this.#program).root
    }

    /** @returns {boolean} whether the pin outlives this tab */
    get lasting() {
        return this.#stated !== null
    }

    /**
     * @returns {Promise<Keyset>} the one in force, fit to be sealed to
     * @throws {import("../errors.js").KeysetRefused}
     */
    async current() {
        const storage = tabStorage()
        const seen = lastSeen(storage, this.#program)
        const root = steadyRoot(seen, this.#stated)
        const expected = { program: this.#program, root, now: seconds(), newestSeen: seen.version }
        const keyset = verifyKeyset(await text(this.#address), expected)
        remember(storage, keyset)
        this.#known.set(keyset.version, keyset)
        return keyset
    }

    /**
     * @param {number[]} versions
     * @returns {Promise<Map<number, Keyset>>} those that the pinned root signed, of any age
     */
    async versions(versions) {
        if (this.root === null) await this.current()
        const missing = versions.filter((version) => version > 0 && !this.#known.has(version))
        const pinned = {
            program: this.#program,
            root: String(this.root),
            keysetAddress: this.#address,
        }
        for (const [version, keyset] of await keysetsOf(missing, pinned, text)) {
            this.#known.set(version, keyset)
        }
        return this.#known
    }
}

/** @param {string} address */
async function text(address) {
    return (await ask(address)).text()
}
