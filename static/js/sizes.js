/** Sizes: as people read them, and how much of the delivery limit they take. */
import { BLOCK, toBlock } from "./archive.js"
import { paddedLength } from "./padding.js"

const STANZA = 1700 // bytes a hybrid recipient takes in a header, rounded up
const REPORT = 512 * 1024 // bytes kept free for a long report and the form fields around it
const CHUNK = 64 * 1024 // bytes of an age payload that carry one tag
const TAG = 16 // bytes

/**
 * @param {number} count  bytes
 * @returns {string} for example “16 KB” or “2.4 MB”
 */
export function sizeText(count) {
    const units = ["bytes", "KB", "MB", "GB"]
    const step = count < 1024 ? 0 : Math.min(3, Math.floor(Math.log2(count) / 10))
    const amount = count / 1024 ** step
    return `${step === 0 || amount >= 10 ? Math.round(amount) : amount.toFixed(1)} ${units[step]}`
}

/**
 * Say how large the sealed delivery of some files will be, at most.
 * @param {number[]} sizes  bytes of each file
 * @param {number} recipients
 * @returns {number} bytes
 */
export function deliveryLength(sizes, recipients) {
    const packed = sizes.reduce((sum, size) => sum + BLOCK + toBlock(size), 2 * BLOCK)
    const padded = sizes.length > 0 ? paddedLength(packed) : 0
    return REPORT + 2 * recipients * STANZA + padded + Math.ceil(padded / CHUNK) * TAG
}
