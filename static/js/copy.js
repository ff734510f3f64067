/** A button under every block that is there to be copied; without script there is none. */
import { element } from "./dom.js"

const SHOWN = 2000 // milliseconds for which the button says what it did

for (const block of document.querySelectorAll("[data-copy]")) {
    const text = block.querySelector("pre")
    const label = block.getAttribute("data-copy") ?? ""
    if (text) block.append(copyButton(text, label))
}

/**
 * @param {HTMLElement} source  its text at the moment of the click is copied
 * @param {string} label  what it is, for those who hear the button without seeing the block
 * @returns {HTMLButtonElement}
 */
export function copyButton(source, label) {
    const hidden = element("span", { class: "visually-hidden" }, ` ${label}`)
    const word = element("span", {}, "Copy")
    const button = element("button", { type: "button", class: "button second small" }, word, hidden)
    button.addEventListener("click", async () => {
        word.textContent = await copied(source.textContent ?? "")
        setTimeout(() => (word.textContent = "Copy"), SHOWN)
    })
    return button
}

/** @param {string} text @returns {Promise<string>} what to say about it */
async function copied(text) {
    try {
        await navigator.clipboard.writeText(text)
        return "Copied"
    } catch {
        return "Select and copy by hand"
    }
}
