// The dots of the background, on a layer of their own: while one pans it is moved, and no card is painted anew.
import { h } from "app/lib/dom.js"

const STEP = 24 // pixels from dot to dot at 100 %
const EDGE = 72 // pixels that the layer is larger than the screen on each side (canvas.css): the largest step

export class Dots {
  element = h("div", { class: "dots", "aria-hidden": "true" })
  #step = 0

  /** They move with the board, and are farther apart when it is small. @param {import("./geometry.js").Transform} transform */
  draw({ x, y, k }) {
    const step = STEP * (k < 0.35 ? k * 4 : k < 0.7 ? k * 2 : k)
    const { style } = this.element
    if (step !== this.#step) style.backgroundSize = `${step}px ${step}px`
    this.#step = step
    style.transform = `translate(${shift(x, step)}px, ${shift(y, step)}px)`
  }
}

/** @param {number} at @param {number} step */
function shift(at, step) {
  return (((at + EDGE) % step) + step) % step
}
