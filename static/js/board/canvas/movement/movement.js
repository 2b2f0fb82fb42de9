// Whether the view is being moved: from one step to the next, until it has rested for a moment. Meanwhile what is drawn
// is moved and scaled as one picture, and what comes into view is drawn some at a time.

const REST = 80 // ms without a step, and two frames more, so that on a slow machine it is no rest when a frame is late
const SMALL = 1.2 // times that a step zooms while fingers or a wheel glide; a button, or a hard notch of a wheel, zooms by more
const SLICE = 16 // cards that are drawn for the first time in one frame of a movement

export class Movement {
  /** There has been a second step soon after the first: a single one, as by a button, is drawn whole at once. */
  isOngoing = false
  /** It changes the scale, or has done so since the view rested: from the first step on, if that is a small one. */
  isZooming = false
  /** Counts the steps; 0 at rest. */
  #steps = 0
  #scale = 0

  /**
   * @param {() => void} rested
   * @param {(next: () => void) => void} [nextFrame]
   */
  constructor(rested, nextFrame = (next) => requestAnimationFrame(next)) {
    this.rested = rested
    this.nextFrame = nextFrame
  }

  /** The view has moved. @param {number} scale */
  step(scale) {
    this.isOngoing = this.#steps > 0
    const isSmall = Math.max(scale / this.#scale, this.#scale / scale) < SMALL
    if (scale !== this.#scale) this.isZooming = this.isOngoing || isSmall
    this.#scale = scale
    this.#steps++
    const step = this.#steps
    setTimeout(() => this.#after(2, () => this.#steps === step && this.#rest()), REST)
  }

  /** @param {number} frames @param {() => void} then */
  #after(frames, then) {
    if (frames) this.nextFrame(() => this.#after(frames - 1, then))
    else then()
  }

  #rest() {
    this.#steps = 0
    if (!this.isOngoing && !this.isZooming) return
    this.isOngoing = this.isZooming = false
    this.rested()
  }
}

/**
 * Those that are drawn already and a few more, first of those that are in view.
 * @template T
 * @param {T[]} wanted
 * @param {(each: T) => boolean} isDrawn
 * @param {(each: T) => boolean} isInView
 * @returns {T[]} in the same order
 */
export function slice(wanted, isDrawn, isInView) {
  const fresh = wanted.filter((each) => !isDrawn(each))
  const first = fresh.toSorted((a, b) => Number(isInView(b)) - Number(isInView(a))).slice(0, SLICE)
  return first.length === fresh.length
    ? wanted
    : wanted.filter((each) => isDrawn(each) || first.includes(each))
}
