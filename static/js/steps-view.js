/** How much of each part of the form is still to be filled in. */

/** @param {import("./form-validation.js").Fault[]} faults */
export function showSteps(faults) {
    const left = faults.map(({ field }) => partOf(field))
    for (const place of document.querySelectorAll("[data-left]")) {
        const count = left.filter((part) => part === place.getAttribute("data-left")).length
        place.textContent = count > 0 ? `${count} to do` : ""
    }
}

/** @param {string} field  id of a fault @returns {string | undefined} */
function partOf(field) {
    const control = document.getElementById(`f-${field}`) ?? document.getElementById(field)
    return control?.closest("[data-section]")?.getAttribute("data-section") ?? undefined
}
