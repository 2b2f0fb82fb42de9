// Whether the view is being moved: from one step to the next, until it has rested for a moment. Meanwhile what is drawn
// is moved and scaled as one picture, and what comes into view is drawn some at a time.

const REST = 100 // ms without a step; what was put off is drawn within a frame after that
const SLICE = 16 // cards that are drawn for the first time in one frame of a movement

export class Movement {
  /** There has been a second step soon after the first: a single one, as by a button, is drawn whole at once. */
  isOngoing = false
  #last = Number.NEGATIVE_INFINITY
  #scale = 1
  /** @type {any} */
  #timer = null

  /**
   * @param {{ classList: { toggle: (name: string, on: boolean) => void } }} world
   * @param {() => void} rested
   */
  constructor(world, rested) {
    this.world = world
    this.rested = rested
  }

  /** The view has moved. @param {number} scale @param {number} [now] in ms */
  step(scale, now = performance.now()) {
    this.isOngoing = now - this.#last < REST
    if (scale !== this.#scale) this.world.classList.toggle("zooming", this.isOngoing)
    this.#scale = scale
    this.#last = now
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => this.#rest(), REST)
  }

  #rest() {
    if (!this.isOngoing) return
    this.isOngoing = false
    this.world.classList.toggle("zooming", false)
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
