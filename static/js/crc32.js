/** The checksum of PNG chunks (PNG third edition, annex D). */

const POLYNOMIAL = 0xedb88320 // reflected

/**
 * @param {Uint8Array} bytes  few: this counts bit by bit
 * @returns {number} unsigned
 */
export function crc32(bytes) {
    let sum = 0xffffffff
    for (const byte of bytes) {
        sum ^= byte
        for (let bit = 0; bit < 8; bit++) sum = sum & 1 ? (sum >>> 1) ^ POLYNOMIAL : sum >>> 1
    }
    return ~sum >>> 0
}
