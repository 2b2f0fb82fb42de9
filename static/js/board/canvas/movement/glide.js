// All that is drawn is one picture. While one zooms, it is scaled; when the view rests, it is painted anew as large as it
// is seen: painted at 100 %, as a browser would have it, a board seen from afar is five times as many pixels. It is the
// same picture at rest, or the first frames of zooming would be spent on painting one. The dots are painted into it too:
// a layer of their own, of the whole screen, is a third of what a frame takes.

import { contains, inView } from "../geometry.js"
import { stepAt } from "./dots.js"

const CLOSER = 1.5 // times that the picture is enlarged at most: then it is painted anew, before words are a blur
const FARTHER = 2 // times that it is made smaller at most: four times as many pixels
const DOTS = 1000 // that the ground has from the middle of the board to each side

export class Glide {
  /** The scale at which the picture is painted. */
  #painted = 0

  /** @param {HTMLElement} world in the picture, above its ground (canvas.css) */
  constructor(world) {
    this.world = world
    this.element = /** @type {HTMLElement} */ (world.parentElement)
    this.ground = /** @type {HTMLElement} */ (world.previousElementSibling)
  }

  /** @param {import("../geometry.js").Transform} transform @param {boolean} isZooming */
  draw({ x, y, k }, isZooming) {
    const isLike = k <= this.#painted * CLOSER && k * FARTHER >= this.#painted
    if (!(isZooming && isLike) && k !== this.#painted) {
      this.#painted = k
      this.world.style.transform = `scale(${k})`
      const step = stepAt(k)
      this.ground.style.inset = `${-DOTS * step}px`
      this.ground.style.backgroundSize = `${step}px ${step}px`
    }
    const scale = k / this.#painted
    const [left, top] = scale === 1 ? [x, y].map(onPixel) : [x, y]
    this.element.style.transform = `translate(${left}px, ${top}px) scale(${scale})`
  }

  /** Whether the dots of the picture fill the view. @param {import("../renderer.js").View} view */
  reaches(view) {
    const half = (DOTS * stepAt(this.#painted)) / this.#painted
    return contains({ x: -half, y: -half, w: 2 * half, h: 2 * half }, inView(view, view.width, view.height))
  }

  /** @param {boolean} are whether the picture has dots */
  setDots(are) {
    this.ground.classList.toggle("dotted", are)
  }
}

/** Where the picture is moved by whole pixels of the screen, its words are sharp. @param {number} at */
function onPixel(at) {
  return Math.round(at * devicePixelRatio) / devicePixelRatio
}
