// Places: where a card or section lies that was given none, as app/boards/core has it in order.py and places.py.
import { CARD, GRID, MOST_LOOSE, ROOM } from "app/board/schema.js"
import { grid, isGrid } from "./arrangement.js"
import { isShown } from "./items.js"
import { cardsOf, counted, sectionsOf } from "./order.js"

const IN_A_ROW = 3 // sections side by side, before the next row begins

/** @typedef {import("./items.js").Items} Items */
/** @typedef {import("app/board/schema.js").Item} Item */
/** @typedef {{ x: number, y: number }} Spot */
/** @typedef {{ w: number, h: number }} Size */

/**
 * The next spot of a plain grid where no card lies, in pixels from the corner of the section. For null it is the
 * corner of the board, and the grid begins below all sections. In a full section cards lie in layers.
 * Drafts take no room from what everyone sees; `drafts` leaves room for one's own all the same.
 * @param {Items} items
 * @param {string | null} section
 * @param {boolean} [drafts]
 * @returns {Spot}
 */
export function freePlace(items, section, drafts = false) {
  const cards = counted(cardsOf(items, section), drafts)
  const fields = section === null ? undefined : items.get(section)?.fields
  const columns = Math.max(1, Math.floor(((fields?.w ?? 1000) - GRID.gap) / (CARD.w + GRID.gap)))
  const corner = { x: GRID.gap, y: fields ? GRID.top : GRID.top + belowSections(items) }
  if (!fields && cards.length > MOST_LOOSE) return spot(cards.length, corner, columns) // too full to look for gaps
  const rows = fields
    ? Math.max(1, Math.floor((fields.h - GRID.top) / (CARD.h + GRID.gap)))
    : Number.POSITIVE_INFINITY
  const many = Math.min(4 * cards.length + 1, rows * columns) // a card that lies askew takes up to four spots
  const taken = cards.map(({ fields: { x, y } }) => ({ x, y, ...CARD }))
  return firstFree(corner, columns, many, taken) ?? aside(cards.length, many, corner, columns)
}

/**
 * The first spot of a wide grid where a section of this size lies on nothing that everyone sees.
 * @param {Items} items
 * @param {Size} size
 * @returns {Spot}
 */
export function sectionPlace(items, { w, h }) {
  const taken = takenBoxes(items)
  const below = { x: 0, y: bottomOf(taken) + ROOM.heading }
  for (let i = 0; taken.length <= MOST_LOOSE && i <= 4 * taken.length; i++) {
    const [x, y] = [(i % IN_A_ROW) * (w + ROOM.beside), Math.floor(i / IN_A_ROW) * (h + ROOM.heading)]
    if (!taken.some((box) => overlap(withRoom(box), { x, y, w, h }))) return { x, y }
  }
  return below
}

/**
 * Where on the board the cards of a section stay when it goes: where they were to the eye, or below all where a grid
 * had grown beyond its frame.
 * @param {Items} items
 * @param {Item} section
 * @param {Item[]} cards those that everyone sees, then one's own drafts
 * @returns {Spot[]}
 */
export function leftBehind(items, section, cards) {
  const { x, y, w, h } = section.fields
  if (!isGrid(section)) return cards.map(({ fields }) => ({ x: fields.x + x, y: fields.y + y }))
  const rows = (/** @type {Item[]} */ list) =>
    grid(
      w,
      list.map(({ fields }) => ({ w: fields.w, h: CARD.h })),
    )
  const grown = rows(cards.filter(isShown)).h > h
  const top = grown ? GRID.top + bottomOf(takenBoxes(items)) : y
  return rows(cards).boxes.map((box) => ({ x: x + box.x, y: top + box.y }))
}

/** The boxes of all sections, and of the cards outside them that everyone sees. @param {Items} items @returns {(Spot & Size)[]} */
function takenBoxes(items) {
  const frames = sectionsOf(items).map(({ fields: { x, y, w, h } }) => ({ x, y, w, h }))
  const cards = counted(cardsOf(items, null), false).map(({ fields: { x, y, w } }) => ({
    x,
    y,
    w,
    h: CARD.h,
  }))
  return [...frames, ...cards]
}

/** @param {(Spot & Size)[]} boxes */
function bottomOf(boxes) {
  return boxes.length ? Math.max(...boxes.map(({ y, h }) => y + h)) : 0
}

/** @param {Spot & Size} box */
function withRoom({ x, y, w, h }) {
  return {
    x: x - ROOM.beside,
    y: y - ROOM.heading,
    w: w + 2 * ROOM.beside,
    h: h + 2 * ROOM.heading,
  }
}

/**
 * The first of `many` spots of a grid that begins at `corner` where nothing lies; undefined where all are taken.
 * @param {Spot} corner
 * @param {number} columns
 * @param {number} many
 * @param {(Spot & Size)[]} taken
 * @param {Size} [size]
 */
export function firstFree(corner, columns, many, taken, size = CARD) {
  for (let i = 0; i < many; i++) {
    const { x, y } = spot(i, corner, columns, size)
    if (!taken.some((box) => overlap(box, { x, y, ...size }))) return { x, y }
  }
  return undefined
}

/** @param {Spot & Size} a @param {Spot & Size} b */
export function overlap(a, b) {
  return a.x - b.x < b.w && b.x - a.x < a.w && a.y - b.y < b.h && b.y - a.y < a.h
}

/** @param {number} i @param {Spot} corner @param {number} columns @param {Size} [size] @returns {Spot} */
function spot(i, corner, columns, size = CARD) {
  const [column, row] = [i % columns, Math.floor(i / columns)]
  return { x: corner.x + column * (size.w + GRID.gap), y: corner.y + row * (size.h + GRID.gap) }
}

/** The spot of the i-th card of a section with room for fewer. @param {number} i @param {number} spots @param {Spot} corner @param {number} columns */
function aside(i, spots, corner, columns) {
  const { x, y } = spot(i % spots, corner, columns)
  const step = GRID.aside * (1 + (Math.floor(i / spots) % GRID.layers))
  return { x: x + step, y: y + step }
}

/** @param {Items} items */
function belowSections(items) {
  const low = sectionsOf(items).map(({ fields }) => fields.y + fields.h)
  return low.length ? Math.max(...low) : 0
}
