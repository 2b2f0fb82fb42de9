// Hundreds of cards too small to read are painted as coloured boxes, which takes a fraction of the time.
import { h } from "app/lib/dom.js"

/** @typedef {import("app/board/schema.js").Item} Item */
/** @typedef {import("./geometry.js").Box} Box */

export const READABLE = 0.4 // the scale below which words, less than 6 pixels high, cannot be read
export const MANY_CARDS = 300 // cards in view above which drawing each would be slow
const GROUND = "rgb(255 255 255 / 0.62)" // of a section, as in canvas.css

export class PaintedCards {
  element = h("canvas", { class: "far", "aria-hidden": "true", hidden: true }) // else it is a layer in each frame
  /** @type {Map<string, string>} */
  #colours = new Map()
  #painted = false

  /**
   * Paints the grounds of sections and the cards on them, beneath everything that is an element.
   * @param {Item[]} sections
   * @param {Item[]} cards
   * @param {(id: string) => Box | null} boxOf
   * @param {import("./renderer.js").View} view
   */
  paint(sections, cards, boxOf, { x, y, k, width, height }) {
    const { element } = this
    element.hidden = false
    const dots = Math.min(2, devicePixelRatio)
    if (element.width !== Math.round(width * dots) || element.height !== Math.round(height * dots)) {
      element.width = Math.round(width * dots)
      element.height = Math.round(height * dots)
      Object.assign(element.style, { width: `${width}px`, height: `${height}px` })
    }
    const brush = /** @type {CanvasRenderingContext2D} */ (element.getContext("2d"))
    brush.setTransform(1, 0, 0, 1, 0, 0)
    brush.clearRect(0, 0, element.width, element.height)
    brush.setTransform(k * dots, 0, 0, k * dots, x * dots, y * dots)
    for (const item of [...sections, ...cards]) {
      const box = boxOf(item.id)
      if (!box) continue
      brush.fillStyle = item.item === "section" ? GROUND : this.#colour(item.fields.kind ?? "")
      brush.fillRect(box.x, box.y, box.w, box.h)
    }
    this.#painted = true
  }

  clear() {
    if (!this.#painted) return
    this.#painted = false
    this.element.hidden = true
    this.element.getContext("2d")?.reset()
  }

  /** @param {string} kind */
  #colour(kind) {
    const known = this.#colours.get(kind)
    if (known) return known
    const style = getComputedStyle(document.documentElement)
    const colour = style.getPropertyValue(`--${kind}`).trim() || style.getPropertyValue("--commitment").trim()
    this.#colours.set(kind, colour)
    return colour
  }
}
