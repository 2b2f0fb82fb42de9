// While one zooms, all that is drawn is one picture: it is painted at the scale at which the movement began, and the
// picture is scaled. Painted at 100 %, as a browser would have it, a board seen from afar is five times as many pixels.

const CLOSER = 1.5 // times that the picture is enlarged at most: then it is painted anew, before words are a blur
const FARTHER = 2 // times that it is made smaller at most: four times as many pixels

export class Glide {
  /** The scale at which the picture is painted. */
  #painted = 0

  /** @param {HTMLElement} world whose parent is the picture (canvas.css) */
  constructor(world) {
    this.world = world
    this.element = /** @type {HTMLElement} */ (world.parentElement)
  }

  /** @param {import("../geometry.js").Transform} transform @param {boolean} isMoving */
  draw({ x, y, k }, isMoving) {
    const isLike = k <= this.#painted * CLOSER && k * FARTHER >= this.#painted
    if (!(isMoving && isLike) && k !== this.#painted) {
      this.#painted = k
      this.world.style.transform = `scale(${k})`
    }
    this.element.style.transform = `translate(${x}px, ${y}px) scale(${k / this.#painted})`
  }
}
