// Tells when the line may have died, or be back, without the socket knowing: the network changes, page or machine wake.

const TICK = 1000
const ASLEEP = 5000 // ms between two ticks: the machine was asleep

/**
 * @param {() => void} act may be called several times for one awakening
 * @returns {() => void} stops listening
 */
export function onWake(act) {
  const listening = new AbortController()
  const wake = () => document.hidden || act()
  const on = (/** @type {EventTarget | undefined} */ target, /** @type {string[]} */ ...names) => {
    for (const name of names) target?.addEventListener(name, wake, { signal: listening.signal })
  }
  on(window, "online", "offline", "pageshow")
  on(document, "visibilitychange", "resume")
  on(/** @type {any} */ (navigator).connection, "change")
  let last = Date.now()
  const timer = setInterval(() => {
    const now = Date.now()
    if (now - last > ASLEEP) wake()
    last = now
  }, TICK)
  return () => {
    listening.abort()
    clearInterval(timer)
  }
}
