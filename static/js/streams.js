/** Small tools for byte streams. */

/** @typedef {import("./bytes.js").Bytes} Bytes */

/**
 * Make a stream that asks for one chunk at a time, so that memory stays constant.
 *
 * (`ReadableStream.from` is not in every browser that can seal.)
 * @param {AsyncGenerator<Uint8Array>} chunks
 * @returns {ReadableStream<Uint8Array>}
 */
export function streamOf(chunks) {
    return new ReadableStream({
        async pull(controller) {
            const { done, value } = await chunks.next()
            if (done) controller.close()
            else controller.enqueue(value)
        },
        async cancel() {
            await chunks.return(undefined)
        },
    }, { highWaterMark: 0 })
}

/**
 * Read a stream chunk by chunk.
 * @template T
 * @param {ReadableStream<T>} stream
 * @returns {AsyncGenerator<T>}
 */
export async function* chunksOf(stream) {
    const reader = stream.getReader()
    try {
        for (;;) {
            const { done, value } = await reader.read()
            if (done) return
            yield value
        }
    } finally {
        await reader.cancel().catch(() => undefined) // only matters when the caller stopped early
        reader.releaseLock()
    }
}

/**
 * Read a whole stream into memory; for small ones.
 * @param {ReadableStream<Uint8Array>} stream
 * @returns {Promise<Bytes>}
 */
export async function bytesOf(stream) {
    /** @type {Uint8Array[]} */
    const parts = []
    for await (const chunk of chunksOf(stream)) parts.push(chunk)
    return joined(parts)
}

/**
 * @param {Uint8Array[]} parts
 * @returns {Bytes} all of them in one piece
 */
export function joined(parts) {
    const whole = new Uint8Array(parts.reduce((length, part) => length + part.length, 0))
    let offset = 0
    for (const part of parts) {
        whole.set(part, offset)
        offset += part.length
    }
    return whole
}
