// The time left, by the server's clock alone: this phone only counts the seconds since it was told.

/** @typedef {{ endsAt: number | null, left: number | null, now: number }} Told unix seconds of the server; `left` while paused */

const SAY = new Map([
  [120, "Two minutes left."],
  [30, "Thirty seconds left."],
])

/** Seconds left; null where no clock runs. @param {Told} told @param {number} since seconds since that was told */
export function secondsLeft(told, since) {
  if (told.left !== null) return told.left
  return told.endsAt === null ? null : told.endsAt - told.now - since
}

/** 2:05 @param {number} seconds */
export function clockWords(seconds) {
  const whole = Math.max(0, Math.ceil(seconds))
  const minutes = Math.floor(whole / 60)
  return `${minutes}:${String(whole % 60).padStart(2, "0")}`
}

export class Clock {
  /** @type {Told} */
  #told = { endsAt: null, left: null, now: 0 }
  #at = performance.now()
  /** @type {number | null} */
  #before = null
  #timer

  /** @param {(say: string, atOnce: boolean) => void} say */
  constructor(say) {
    this.say = say
    this.#timer = setInterval(() => this.draw(), 250)
  }

  /** @param {Told} told */
  tell(told) {
    this.#told = told
    this.#at = performance.now()
    this.#before = null
    this.draw()
  }

  stop() {
    clearInterval(this.#timer)
  }

  draw() {
    const place = /** @type {HTMLElement | null} */ (document.querySelector("#stage-top .clock"))
    if (!place) return
    const left = secondsLeft(this.#told, (performance.now() - this.#at) / 1000)
    place.hidden = left === null
    if (left === null) return
    const isOver = left <= 0 && this.#told.left === null
    const words = isOver ? "Time is over" : clockWords(left)
    if (place.textContent !== words) place.textContent = words
    place.classList.toggle("over", isOver)
    place.classList.toggle("paused", this.#told.left !== null)
    this.#announce(left)
  }

  /** Says once that little is left, where it has just become so. @param {number} left */
  #announce(left) {
    const before = this.#before
    this.#before = left
    if (before === null) return
    for (const [seconds, words] of SAY) if (before > seconds && left <= seconds) this.say(words, false)
    if (before > 0 && left <= 0) this.say("Time is over. Finish your sentence: you can still write.", true)
  }
}
