/**
 * The identity file that `portico keygen` makes, as `portal/offline/identity.py` writes it.
 *
 * An age identity file; what age does not know stands in remarks. It may be locked with a
 * passphrase, and is then itself an age file, with or without armour.
 */
import { Decrypter, armor, bech32, ed25519, identityToRecipient } from "../../vendor/age.js"
import { toBase64Url } from "../bytes.js"
import { IdentityRefused } from "../errors.js"

/**
 * @typedef {{name: string, recipient: string, signing: string | null}} Card  the public halves, as
 *     in a keyset; without a signing key its holder can open and not sign
 * @typedef {{opening: string, seed: Uint8Array | null, card: Card}} Identity  secret
 */

const MAX_BYTES = 1024 * 1024 // an identity file with its remarks takes some kilobytes
const VERSION_LINE = "age-encryption.org/v1\n"
const ARMOURED = "-----BEGIN AGE ENCRYPTED FILE-----"
const SIGNING_REMARK = "# signing secret: "
const SIGNING_PREFIX = "portico-signing-key-"
const ROOT = /^PORTICO-ROOT-KEY-/im
const SEED_BYTES = 32 // an Ed25519 private key, RFC 8032 section 5.1.5
const LATIN = new TextDecoder("latin1") // one character for each byte
const HINT = "Choose the file that `portico keygen` made."

/**
 * @param {Blob} file
 * @param {string | null} passphrase
 * @returns {Promise<Identity | "locked">} `locked` when it takes a passphrase and none was given
 * @throws {IdentityRefused} not an identity, damaged, or the passphrase is wrong
 */
export async function readIdentity(file, passphrase) {
    if (file.size > MAX_BYTES) throw refused("This file is too large for an identity.")
    const bytes = new Uint8Array(await file.arrayBuffer())
    const start = LATIN.decode(bytes)
    const armoured = start.trimStart().startsWith(ARMOURED)
    if (!armoured && !start.startsWith(VERSION_LINE)) return await parseIdentity(textOf(bytes))
    if (passphrase === null) return "locked"
    return await parseIdentity(textOf(await unlocked(armoured ? plain(start) : bytes, passphrase)))
}

/**
 * @param {string} text
 * @returns {Promise<Identity>}
 * @throws {IdentityRefused}
 */
async function parseIdentity(text) {
    if (ROOT.test(text)) throw refused("This is a root key. It stays offline, out of any browser.")
    const lines = text.split("\n").map((line) => line.trim())
    const secrets = lines.filter((line) => line !== "" && !line.startsWith("#"))
    if (secrets.length !== 1) throw refused("This file does not hold exactly one identity.")
    const seed = seedIn(lines)
    const signing = seed && toBase64Url(ed25519.getPublicKey(seed))
    const recipient = await recipientOf(secrets[0])
    const name = remark(lines, "# name: ") ?? "No name"
    return { opening: secrets[0], seed, card: { name, recipient, signing } }
}

/** @param {string[]} lines @param {string} title */
function remark(lines, title) {
    return lines.find((line) => line.startsWith(title))?.slice(title.length)
}

/** @param {string} secret @returns {Promise<string>} */
async function recipientOf(secret) {
    try {
        return await identityToRecipient(secret)
    } catch {
        throw refused("The key in this file is damaged, or of a kind that browsers cannot use.")
    }
}

/** @param {string[]} lines @returns {Uint8Array | null} */
function seedIn(lines) {
    const written = remark(lines, SIGNING_REMARK)
    if (written === undefined) return null
    const decoded = bech32.decodeUnsafe(written.trim(), false)
    const seed = decoded?.prefix === SIGNING_PREFIX && bech32.fromWordsUnsafe(decoded.words)
    if (seed && seed.length === SEED_BYTES) return seed
    throw refused("The signing key in this file is damaged.")
}

/** @param {Uint8Array} bytes */
function textOf(bytes) {
    try {
        return new TextDecoder("utf-8", { fatal: true }).decode(bytes)
    } catch {
        throw refused("This is not an identity file.")
    }
}

/** @param {string} text */
function plain(text) {
    try {
        return armor.decode(text)
    } catch {
        throw refused("This file is damaged: its armour cannot be read.")
    }
}

/** @param {Uint8Array} bytes @param {string} passphrase */
async function unlocked(bytes, passphrase) {
    const decrypter = new Decrypter()
    decrypter.addPassphrase(passphrase)
    try {
        return await decrypter.decrypt(bytes)
    } catch {
        throw new IdentityRefused("The passphrase does not open this file.", {
            hint: "Type it again; capitals and spaces count. Or choose another file.",
        })
    }
}

/** @param {string} message */
function refused(message) {
    return new IdentityRefused(message, { hint: HINT })
}
