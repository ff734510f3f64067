/** Files that are dropped or pasted anywhere on the form. */

/**
 * A file dropped on a page would be opened in its place, and the draft would be gone; so every drop
 * on the form is taken, and becomes an attachment when the form is open.
 * @param {HTMLElement} root  `#report`
 * @param {(files: File[]) => void} add
 */
export function takeFiles(root, add) {
    root.addEventListener("dragover", (event) => {
        if (event.dataTransfer?.types.includes("Files")) event.preventDefault()
    })
    root.addEventListener("drop", (event) => {
        const files = [...(event.dataTransfer?.files ?? [])]
        if (files.length === 0) return
        event.preventDefault()
        add(files)
    })
    root.addEventListener("paste", (event) => add([...(event.clipboardData?.files ?? [])]))
}
