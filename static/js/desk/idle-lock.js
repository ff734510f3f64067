/** Locks what was opened: after a while without use, and when the page is left. */

export const IDLE = 15 * 60_000 // milliseconds without a key or a touch
const LOOK = 15_000 // milliseconds between two looks; a machine that slept is seen on its next one
const USES = ["keydown", "pointerdown", "wheel"]

/**
 * @param {() => void} lock  called once
 * @param {{idle?: number, now?: () => number, place?: EventTarget & Window}} [means]
 * @returns {() => void} stops watching
 */
export function lockWhenIdle(lock, { idle = IDLE, now = Date.now, place = window } = {}) {
    let used = now()
    const watching = new AbortController()
    const end = () => {
        watching.abort()
        clearInterval(looking)
    }
    const shut = () => {
        end()
        lock()
    }
    const look = () => {
        if (now() - used >= idle) shut()
    }
    const looking = setInterval(look, LOOK)
    const { signal } = watching
    for (const use of USES) {
        // A use after the time is up comes too late: the look goes first.
        const note = () => {
            look()
            used = now()
        }
        place.addEventListener(use, note, { signal, capture: true, passive: true })
    }
    place.addEventListener("pagehide", shut, { signal })
    place.addEventListener("focus", look, { signal })
    return end
}
