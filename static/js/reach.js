/** Whether staff can answer someone whose name is kept from authorities; knows nothing of the page. */

/**
 * @param {Record<string, string>} values  by field id
 * @param {boolean} token  whether the reporter's token opens what staff answer
 * @returns {boolean} they want to stay anonymous to authorities, and left no way back
 */
export function isOutOfReach(values, token) {
    const ways = [values.contact_email, values.contact_phone]
    const wanted = values.anonymous_to_authorities === "yes"
    return wanted && !token && ways.every((way) => (way ?? "").trim() === "")
}
