/** Handing a file to the browser, which asks where to keep it. */

/**
 * @param {Blob} blob
 * @param {string} name
 */
export function save(blob, name) {
    const link = document.createElement("a")
    link.href = URL.createObjectURL(blob)
    link.download = name
    link.click()
    setTimeout(() => URL.revokeObjectURL(link.href), 60_000) // some browsers begin a moment later
}
