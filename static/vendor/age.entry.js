// What the browser needs of the libraries, and nothing else: `build.mjs` bundles this into age.js.
export {
    Decrypter,
    Encrypter,
    generateHybridIdentity,
    generateX25519Identity,
    identityToRecipient,
} from "age-encryption"
export { ed25519 } from "@noble/curves/ed25519.js"
export { hkdf } from "@noble/hashes/hkdf.js"
export { sha256 } from "@noble/hashes/sha2.js"
export { bech32 } from "@scure/base"
