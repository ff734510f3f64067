// What the browser needs of the libraries, and nothing else: `build.mjs` bundles this into age.js.
export {
    Decrypter,
    Encrypter,
    armor,
    generateHybridIdentity,
    generateX25519Identity,
    identityToRecipient,
} from "age-encryption"
// A header made anew for the file key of an old one takes what the package keeps to itself.
export { encodeHeader, encodeHeaderNoMAC } from "../../node_modules/age-encryption/dist/format.js"
export {
    HybridRecipient,
    X25519Recipient,
} from "../../node_modules/age-encryption/dist/recipients.js"
export { ed25519 } from "@noble/curves/ed25519.js"
export { hkdf } from "@noble/hashes/hkdf.js"
export { hmac } from "@noble/hashes/hmac.js"
export { sha256 } from "@noble/hashes/sha2.js"
export { bech32 } from "@scure/base"
