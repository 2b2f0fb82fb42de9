// A server that is busy says when to ask again. What only reads is then asked for again by itself.
const TIMES = 5

/**
 * The answer to `ask`, asked again while the server is busy; after so many times the answer that says so.
 * `pause` waits so many seconds; `told` hears that it waits, and with false that it is over.
 * @param {() => Promise<Response>} ask
 * @param {(seconds: number) => Promise<void>} pause
 * @param {(busy: boolean) => void} told
 */
export async function askAgain(ask, pause, told) {
  for (let times = 1; ; times++) {
    const answer = await ask()
    const seconds = Number(answer.headers.get("retry-after"))
    const busy = answer.status === 503 && seconds > 0 && times < TIMES
    if (busy || times > 1) told(busy)
    if (!busy) return answer
    await pause(seconds)
  }
}

/**
 * Wait; an abort ends it with its error.
 * @param {number} seconds
 * @param {AbortSignal | undefined} signal
 * @returns {Promise<void>}
 */
export function wait(seconds, signal) {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, seconds * 1000)
    signal?.addEventListener("abort", () => {
      clearTimeout(timer)
      reject(signal.reason ?? new DOMException("Aborted", "AbortError"))
    })
  })
}
