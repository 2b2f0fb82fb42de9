// A time limit for what may never end.

/**
 * What the promise gives, if it does within `ms`; else a TimeoutError.
 * @template T
 * @param {Promise<T>} promise
 * @param {number} ms
 * @returns {Promise<T>}
 */
export function within(promise, ms) {
  return new Promise((done, failed) => {
    const timer = setTimeout(() => failed(new DOMException("This took too long.", "TimeoutError")), ms)
    promise.then(done, failed).finally(() => clearTimeout(timer))
  })
}
