// Where everything is drawn on the board: grids laid out with the measured heights of cards, pushing what is below them
// down. It is worked out when somebody asks, and of the sections only those anew that have changed.
import { CARD, GRID, MOST_LOOSE, ROOM } from "app/board/schema.js"
import { grid, isGrid, push } from "app/board/sync/arrangement.js"
import { boundingBox, cardBox, containsPoint, overlap, sectionBox } from "./geometry.js"

/** @typedef {import("app/board/schema.js").Item} Item */
/** @typedef {import("./geometry.js").Box} Box */
/** @typedef {{ id: string, x: number, y: number, w?: number, h?: number, many?: number }} Held   `many` cards go with it */
/** @typedef {{ section: Item | null, cards: Item[], width: number, boxes: Map<string, Box>, h: number }} Inside   the cards of a section; their boxes from its corner */

const EVERYWHERE = { x: 0, y: 0, w: 0, h: 0 }
const HEADING = 34 // pixels that a section's title takes

export class Layout {
  /** The measured heights of cards. @type {Map<string, number>} */
  #heights = new Map()
  /** What is being dragged, and where the pointer has it. @type {Held | null} */
  #held = null
  /** @type {Map<string | null, Inside>} */
  #inside = new Map()
  /** Sections, and cards outside them, as they are drawn on the board. @type {Map<string, Box>} */
  #blocks = new Map()
  /** The sections of which a card has another height now. @type {Set<string | null>} */
  #remeasured = new Set()
  #stale = true

  /** @param {Pick<import("app/board/context.js").BoardContext, "get" | "items">} context */
  constructor(context) {
    this.context = context
  }

  get held() {
    return this.#held
  }

  set held(held) {
    if (held?.w || this.#held?.w) this.#remeasured.add(this.#listOf(held?.id ?? this.#held?.id))
    this.#held = held
    this.#stale = true
  }

  /** The items have changed: what is asked from now on is worked out anew. */
  invalidate() {
    this.#stale = true
  }

  /** How tall a card is on the screen of its viewer. @param {string} id @param {number} height @returns {boolean} whether that is news */
  measure(id, height) {
    if (this.#heights.get(id) === height) return false
    this.#heights.set(id, height)
    this.#remeasured.add(this.#listOf(id))
    this.#stale = true
    return true
  }

  /** @param {string} id */
  forget(id) {
    this.#heights.delete(id)
  }

  /** The box of a card or section on the board; null where there is none. @param {string | null} id @returns {Box | null} */
  box(id) {
    const item = this.context.get(id)
    if (!item) return null
    this.#settle()
    const held = this.#heldOf(item.id)
    if (item.item === "section") {
      const box = this.#blocks.get(item.id) ?? sectionBox(item)
      return held ? { ...box, x: held.x, y: held.y } : box
    }
    if (!("x" in item.fields)) return null
    const section = this.context.items.sectionOf(item)
    if (held && !(held.w && section && isGrid(section))) {
      return { ...this.#stored(item), w: this.place(item).w, ...held }
    }
    if (!section) return this.#blocks.get(item.id) ?? this.#stored(item)
    const [frame, box] = [this.box(section.id), this.place(item)]
    return frame && { x: frame.x + box.x, y: frame.y + box.y, w: box.w, h: box.h }
  }

  /** A card's box from the corner of its section; the same object as long as it is the same. @param {Item} card @returns {Box} */
  place(card) {
    this.#settle()
    const section = this.context.items.sectionOf(card)
    if (!section) return this.#blocks.get(card.id) ?? this.#stored(card)
    return this.#inside.get(section.id)?.boxes.get(card.id) ?? this.#stored(card)
  }

  /** The corner that the places of a section's cards are measured from; for null the board's. @param {string | null} section */
  corner(section) {
    return this.box(section) ?? { x: 0, y: 0 }
  }

  /** The cards of a section in turn, each with its box from the corner of that. @param {string} section @returns {[string, Box][]} */
  boxesIn(section) {
    this.#settle()
    return [...(this.#inside.get(section)?.boxes ?? [])]
  }

  /** The section at a point of the board; of several, the one drawn last. @param {{ x: number, y: number }} at */
  sectionAt({ x, y }) {
    return this.context.items.sections.findLast((each) =>
      containsPoint(/** @type {Box} */ (this.box(each.id)), x, y),
    )
  }

  /** The box around everything, with room for the titles above sections; null on an empty board. */
  whole() {
    const titles = this.context.items.sections.map((section) => {
      const box = /** @type {Box} */ (this.box(section.id))
      return { ...box, y: box.y - HEADING, h: 1 }
    })
    return boundingBox([...this.all(), ...titles])
  }

  /** The cards of which any part lies in a part of the board. @param {Box} view @returns {Set<Item>} */
  cardsIn(view) {
    this.#settle()
    const near = new Set()
    for (const [id, { section, cards, boxes }] of this.#inside) {
      const { x, y, w, h } = id ? /** @type {Box} */ (this.box(id)) : EVERYWHERE
      if (section && isGrid(section) && !overlap({ x, y, w, h }, view)) continue
      const part = { ...view, x: view.x - x, y: view.y - y }
      for (const card of cards) {
        const box = (id ? boxes : this.#blocks).get(card.id)
        if (box && overlap(box, part)) near.add(card)
      }
    }
    return near
  }

  /** The card at a point on the board; of several, the one on top. @param {{ x: number, y: number }} at */
  cardAt({ x, y }) {
    const cards = this.context.items.inOrder()
    return cards.findLast((card) => containsPoint(/** @type {Box} */ (this.box(card.id)), x, y))
  }

  /** Of all that has a place, each box. @returns {Box[]} */
  all() {
    const { items } = this.context
    return [...items.sections, ...items.inOrder(), ...items.unknown()].flatMap(({ id }) => this.box(id) ?? [])
  }

  #settle() {
    if (!this.#stale) return
    this.#stale = false
    const { sections } = this.context.items
    const before = this.#inside
    this.#inside = new Map()
    for (const section of [...sections, null]) {
      this.#inside.set(section?.id ?? null, this.#insideOf(section, before.get(section?.id ?? null)))
    }
    this.#remeasured.clear()
    this.#push(sections)
  }

  /** @param {Item | null} section @param {Inside | undefined} known @returns {Inside} */
  #insideOf(section, known) {
    const id = section?.id ?? null
    const cards = this.context.items.cards(id)
    const width = section ? (this.#heldOf(section.id)?.w ?? sectionBox(section).w) : 0
    const same = known && known.section === section && known.width === width && !this.#remeasured.has(id)
    if (same && isSame(known.cards, cards)) return known
    if (!section || !isGrid(section)) {
      const stored = new Map(cards.map((card) => [card.id, this.#stored(card)]))
      return { section, cards, width, h: 0, boxes: keep(known, stored) }
    }
    const sizes = cards.map((card) => ({ w: this.#widthOf(card.id), h: this.#heightOf(card.id) }))
    const { boxes, h } = grid(width, sizes)
    return {
      section,
      cards,
      width,
      h,
      boxes: keep(known, new Map(cards.map((card, i) => [card.id, boxes[i]]))),
    }
  }

  /** @param {Item[]} sections */
  #push(sections) {
    const loose = this.#inside.get(null)?.boxes ?? new Map()
    const blocks = sections.map((section) => {
      const box = { ...sectionBox(section), ...this.#sizeOf(this.#heldOf(section.id)) }
      return { box, h: Math.max(box.h, this.#inside.get(section.id)?.h ?? 0), room: ROOM.heading }
    })
    if (loose.size <= MOST_LOOSE) {
      for (const box of loose.values()) blocks.push({ box, h: box.h, room: GRID.gap })
    }
    const tops = push(blocks)
    const ids = [...sections.map((section) => section.id), ...loose.keys()]
    const drawn = new Map(loose)
    for (const [i, { box, h }] of blocks.entries()) drawn.set(ids[i], { ...box, y: tops[i], h })
    this.#blocks = keep({ boxes: this.#blocks }, drawn)
  }

  /** @param {string} id */
  #heldOf(id) {
    return this.#held?.id === id ? this.#held : null
  }

  /** @param {Held | null} held */
  #sizeOf(held) {
    return held?.w && held.h ? { w: held.w, h: held.h } : {}
  }

  /** A card's box as it is stored, from the corner of its section. @param {Item} card @returns {Box} */
  #stored(card) {
    return cardBox(card, undefined, this.#heightOf(card.id))
  }

  /** @param {string} id */
  #heightOf(id) {
    return this.#heights.get(id) ?? CARD.h
  }

  /** @param {string} id @returns {number} */
  #widthOf(id) {
    return this.#heldOf(id)?.w ?? this.context.get(id)?.fields.w ?? CARD.w
  }

  /** The list that an item belongs to: that of its section, or null. @param {string | undefined} id */
  #listOf(id) {
    const item = this.context.get(id)
    return (item && this.context.items.sectionOf(item)?.id) ?? null
  }
}

/** @param {Item[]} before @param {Item[]} now */
function isSame(before, now) {
  return before.length === now.length && before.every((card, i) => card === now[i])
}

/** The boxes now, with the objects from before where they are the same: what is drawn by them is left alone. @param {{ boxes: Map<string, Box> } | undefined} known @param {Map<string, Box>} now */
function keep(known, now) {
  for (const [id, box] of now) {
    const old = known?.boxes.get(id)
    if (old && old.x === box.x && old.y === box.y && old.w === box.w && old.h === box.h) now.set(id, old)
  }
  return now
}
