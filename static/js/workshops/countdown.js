// Counts what is left of a phase: by the server's clock alone, from the moment at which its time came (W3).

/**
 * @param {number} seconds
 * @returns {string} as minutes and seconds, "0:00" once it is over
 */
export function inMinutes(seconds) {
  const left = Math.max(0, Math.ceil(seconds))
  return `${Math.floor(left / 60)}:${String(left % 60).padStart(2, "0")}`
}

/**
 * @param {{ endsAt: string | undefined, left: string | undefined }} clock as the stage has it
 * @param {number} now the server's time in unix seconds
 * @returns {number | null} seconds left; null where there is no clock
 */
export function secondsLeft({ endsAt, left }, now) {
  if (left !== undefined) return Number(left)
  return endsAt === undefined ? null : Number(endsAt) - now
}

export class Countdown {
  #server = 0
  #at = 0
  /** @type {any} */
  #tick = null

  /**
   * @param {() => HTMLElement | null} region has data-ends-at, data-left and data-minutes, and .clock and .time-bar
   * @param {number} now
   */
  constructor(region, now) {
    this.region = region
    this.set(now)
    this.#tick = setInterval(() => this.draw(), 250)
  }

  stop() {
    clearInterval(this.#tick)
  }

  /** @param {number} now the server's time, just now */
  set(now) {
    this.#server = now
    this.#at = performance.now()
    this.draw()
  }

  draw() {
    const region = this.region()
    const place = region?.querySelector(".clock")
    if (!(region && place instanceof HTMLElement)) return
    const { endsAt, left, minutes } = region.dataset
    const seconds = secondsLeft({ endsAt, left }, this.#server + (performance.now() - this.#at) / 1000)
    place.hidden = seconds === null
    const words = seconds === null ? "" : inMinutes(seconds)
    if (place.textContent !== words) place.textContent = words
    region.toggleAttribute("data-over", seconds !== null && seconds <= 0)
    region.toggleAttribute("data-paused", left !== undefined)
    const bar = /** @type {HTMLElement | null} */ (region.querySelector(".time-bar i"))
    const whole = Number(minutes) * 60
    if (bar)
      bar.style.inlineSize =
        whole && seconds !== null ? `${Math.min(100, Math.max(0, (100 * seconds) / whole))}%` : "0"
  }
}
