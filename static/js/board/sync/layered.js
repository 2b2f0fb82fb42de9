// Items with others in their place, read as one collection. Pure.
import { inTurn } from "./items.js"

/** @typedef {import("app/board/schema.js").Item} Item */

export class Layered {
  /** The cards of each section in turn, once they were asked for. @type {Map<string | null, Item[]> | null} */
  #cards = null

  /**
   * @param {Map<string, Item>} under
   * @param {Map<string, Item | null>} over
   */
  constructor(under, over) {
    this.under = under
    this.over = over
  }

  /** @param {string} id */
  get(id) {
    return this.over.has(id) ? (this.over.get(id) ?? undefined) : this.under.get(id)
  }

  *values() {
    for (const [id, item] of this.under) if (!this.over.has(id)) yield item
    for (const item of this.over.values()) if (item) yield item
  }

  /** @param {string} id @param {Item | null} item null: it is gone */
  put(id, item) {
    const before = this.get(id)
    this.over.set(id, item)
    if (!this.#cards) return
    const without = (/** @type {Item[]} */ list) => list.filter((each) => each.id !== id)
    if (before?.item === "card") this.#change(before, without)
    if (item?.item === "card") this.#change(item, (list) => [...list, item].sort(inTurn))
  }

  /**
   * The cards of a section (null: of none) in turn. A batch asks for them again and again, so they are kept.
   * @param {string | null} section
   * @returns {Item[]}
   */
  cardsOf(section) {
    if (!this.#cards) {
      this.#cards = new Map()
      const cards = [...this.values()].filter(({ item }) => item === "card").sort(inTurn)
      for (const card of cards) this.#listed(card).push(card)
    }
    return this.#cards.get(section) ?? []
  }

  /** @param {Item} card @returns {Item[]} */
  #listed({ fields: { section = null } }) {
    const list = this.#cards?.get(section) ?? []
    this.#cards?.set(section, list)
    return list
  }

  /** @param {Item} card @param {(list: Item[]) => Item[]} change */
  #change(card, change) {
    this.#cards?.set(card.fields.section ?? null, change(this.#listed(card)))
  }
}
