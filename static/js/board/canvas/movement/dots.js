// The dots of the background, on a layer of their own: while one pans or zooms it is moved and scaled, and neither the
// dots nor any card are painted anew.
import { h } from "app/lib/dom.js"

const STEP = 24 // pixels from dot to dot at 100 %
const EDGE = 72 // pixels that the layer is larger than the screen on each side (canvas.css): the largest step

export class Dots {
  element = h("div", { class: "dots", "aria-hidden": "true" })
  #painted = 0

  /** @param {import("../geometry.js").Transform} transform @param {boolean} isZooming */
  draw({ x, y, k }, isZooming) {
    const step = stepAt(k)
    const { apart, scale } = (isZooming && scaled(this.#painted, step)) || { apart: step, scale: 1 }
    const painted = apart / scale
    const { style } = this.element
    if (scale === 1 && painted !== this.#painted) style.backgroundSize = `${painted}px ${painted}px`
    this.#painted = painted
    const [left, top] = [x, y].map((at) => shift(at + (step - apart) / 2, apart))
    style.transform = `translate(${left}px, ${top}px) scale(${scale})`
  }
}

/** They move with the board, and are farther apart when it is small. @param {number} k */
export function stepAt(k) {
  return STEP * (k < 0.35 ? k * 4 : k < 0.7 ? k * 2 : k)
}

/**
 * How dots that were painted so far apart stand for those at `step`: no smaller, or they would not reach to the edges;
 * where they are fewer, each lies on one of those. Null where they would be too far apart for that.
 * @param {number} painted
 * @param {number} step
 */
export function scaled(painted, step) {
  if (!painted) return null
  const apart = step * 2 ** Math.ceil(Math.log2(painted / step) - 0.01)
  return apart > EDGE ? null : { apart, scale: apart / painted }
}

/** @param {number} at @param {number} step */
function shift(at, step) {
  return (((at + EDGE) % step) + step) % step
}
