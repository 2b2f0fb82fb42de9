// Where everything lies on the board, with the measured heights of cards.
import { CARD } from "app/board/schema.js"
import { round } from "app/board/sync/items.js"
import { firstFree } from "app/board/sync/places.js"
import { boundingBox, cardBox, sectionBox } from "./geometry.js"

/** @typedef {import("./geometry.js").Box} Box */
/** @typedef {{ id: string, x: number, y: number, w?: number }} Held */

export class Layout {
  /** @type {Map<string, number>} */
  heights = new Map()
  /** The card that is being dragged, and where the pointer has it. @type {Held | null} */
  held = null

  /** @param {import("app/board/context.js").BoardContext} context */
  constructor(context) {
    this.context = context
  }

  /** The box of a card or section; null where there is none. @param {string | null} id @returns {Box | null} */
  box(id) {
    const item = this.context.get(id)
    if (!item) return null
    if (item.item === "section") return sectionBox(item)
    if (!("x" in item.fields)) return null
    const held = this.held?.id === id ? this.held : null
    const box = cardBox(item, this.context.items.sectionOf(item), this.heights.get(item.id))
    return held ? { ...box, x: held.x, y: held.y, w: held.w ?? box.w } : box
  }

  /** The box around everything, with room for the titles above sections; null on an empty board. */
  whole() {
    const titles = this.context.items.sections.map((section) => {
      const box = sectionBox(section)
      return { ...box, y: box.y - 34, h: 1 }
    })
    return boundingBox([...this.#all(), ...titles])
  }

  /**
   * A free place near the wanted one: the first free spot of a grid that begins there.
   * @param {{ x: number, y: number }} wish
   * @param {{ w: number, h: number }} [size]
   */
  freeNear({ x, y }, size = CARD) {
    const corner = { x: round(x), y: round(y) }
    return firstFree(corner, 4, 200, this.#all(), size) ?? corner
  }

  /** The card at a point on the board; of several, the one on top. @param {{ x: number, y: number }} at */
  cardAt({ x, y }) {
    const cards = this.context.items.inOrder()
    return cards.findLast((card) => {
      const box = /** @type {Box} */ (this.box(card.id))
      return x >= box.x && x <= box.x + box.w && y >= box.y && y <= box.y + box.h
    })
  }

  #all() {
    return [...this.context.sync.view.keys()].flatMap((id) => this.box(id) ?? [])
  }
}
