// Places: where a card lies that was given none, as app/boards/core/order.py has it, and numbers of pixels.
import { cardsOf, counted, sectionsOf } from "./order.js"

/** @typedef {import("./items.js").Items} Items */
/** @typedef {{ x: number, y: number }} Spot */
/** @typedef {{ w: number, h: number }} Size */

/** How much room a card is given in a grid, in pixels. How high it is shows only when it is drawn. */
export const ROOM = { w: 200, h: 132 }
const [GAP, TOP] = [24, 24]
const [ASIDE, LAYERS] = [14, 5] // pixels from layer to layer of a full section, and how many before the first again

const FAR = 1_000_000
const LEAST = { x: -FAR, y: -FAR, w: 200, h: 120 }
const MOST = { x: FAR, y: FAR, w: 8000, h: 8000 }

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
  const columns = Math.max(1, Math.floor(((fields?.w ?? 1000) - GAP) / (ROOM.w + GAP)))
  const corner = { x: GAP, y: fields ? TOP : TOP + belowSections(items) }
  if (!fields && cards.length > 300) return spot(cards.length, corner, columns) // too full to look for gaps
  const rows = fields ? Math.max(1, Math.floor((fields.h - TOP) / (ROOM.h + GAP))) : Number.POSITIVE_INFINITY
  const many = Math.min(4 * cards.length + 1, rows * columns) // a card that lies askew takes up to four spots
  const taken = cards.map(({ fields: { x, y } }) => ({ x, y, ...ROOM }))
  return firstFree(corner, columns, many, taken) ?? aside(cards.length, many, corner, columns)
}

/**
 * The first of `many` spots of a grid that begins at `corner` where nothing lies; undefined where all are taken.
 * @param {Spot} corner
 * @param {number} columns
 * @param {number} many
 * @param {(Spot & Size)[]} taken
 * @param {Size} [size]
 */
export function firstFree(corner, columns, many, taken, size = ROOM) {
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

/**
 * Corner and size of a section, or the corner of a card, kept within reason. What is not given is left out.
 * @param {Partial<typeof LEAST>} given
 */
export function frame(given) {
  const names = /** @type {(keyof typeof LEAST)[]} */ (Object.keys(given))
  const kept = names.filter((name) => given[name] !== undefined)
  return Object.fromEntries(kept.map((name) => [name, within(given[name] ?? 0, LEAST[name], MOST[name])]))
}

/** Kept between two numbers of pixels, to a round. @param {number} value @param {number} least @param {number} most */
export function within(value, least, most) {
  return round(Math.min(Math.max(value, least), most))
}

/** To a round of a pixel, halfway to the even one: the same as the server keeps. @param {number} value */
export function round(value) {
  const halfway = Number.isInteger(value * 4) && !Number.isInteger(value * 2)
  return halfway ? Math.round(value * 5) / 5 : Number(value.toFixed(1))
}

/** @param {number} i @param {Spot} corner @param {number} columns @param {Size} [size] @returns {Spot} */
function spot(i, corner, columns, size = ROOM) {
  const [column, row] = [i % columns, Math.floor(i / columns)]
  return { x: corner.x + column * (size.w + GAP), y: corner.y + row * (size.h + GAP) }
}

/** The spot of the i-th card of a section with room for fewer. @param {number} i @param {number} spots @param {Spot} corner @param {number} columns */
function aside(i, spots, corner, columns) {
  const { x, y } = spot(i % spots, corner, columns)
  const step = ASIDE * (1 + (Math.floor(i / spots) % LAYERS))
  return { x: x + step, y: y + step }
}

/** @param {Items} items */
function belowSections(items) {
  const low = sectionsOf(items).map(({ fields }) => fields.y + fields.h)
  return low.length ? Math.max(...low) : 0
}
