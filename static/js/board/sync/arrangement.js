// Where sections and cards are drawn, as app/boards/core/layout/arrangement.py has it: a grid lays its cards out, and pushes
// what is below it down. tests/boards/arrangement_examples.json holds both to the same examples.
import { CARD, DEFAULTS, GUTTER } from "app/board/schema.js"

/** @typedef {import("app/board/schema.js").Item} Item */
/** @typedef {{ x: number, y: number, w: number, h: number }} Box */
/** @typedef {{ box: Box, h: number, room: number }} Block   `box` is as stored, `h` as drawn, `room` what is left free above it */

/** Whether a section lays its cards out itself. @param {Item} section */
export function isGrid(section) {
  return (section.fields.layout ?? DEFAULTS.section.layout) === "grid"
}

/**
 * Cards, given by width and height, in rows of equal columns; a wide card takes several. `h` is how tall the section
 * has to be for them.
 * @param {number} width
 * @param {{ w: number, h: number }[]} cards
 * @returns {{ boxes: Box[], h: number }}
 */
export function grid(width, cards) {
  const columns = columnsOf(width)
  const step = Math.floor((width - GUTTER) / columns) // from column to column
  let [column, top, tallest] = [0, GUTTER, 0]
  const boxes = cards.map(({ w, h }) => {
    const span = Math.min(columns, Math.ceil(w / (CARD.w + GUTTER)))
    if (column + span > columns) [column, top, tallest] = [0, top + tallest + GUTTER, 0]
    const box = { x: GUTTER + column * step, y: top, w: span * step - GUTTER, h }
    column += span
    tallest = Math.max(tallest, h)
    return box
  })
  return { boxes, h: boxes.length ? top + tallest + GUTTER : 0 }
}

/** How many columns a grid of some width has. @param {number} width */
export function columnsOf(width) {
  return Math.max(1, Math.floor((width - GUTTER) / (CARD.w + GUTTER)))
}

/**
 * Where the top of each is drawn. Of those that have the same corner, the earlier one comes first.
 * @param {Block[]} blocks
 * @returns {number[]}
 */
export function push(blocks) {
  const corners = new Map()
  for (const { box } of blocks) corners.set(cornerOf(box), (corners.get(cornerOf(box)) ?? 0) + 1)
  const tops = blocks.map(({ box }) => box.y)
  /** @type {number[]} */
  const pushing = []
  for (const i of [...blocks.keys()].sort((a, b) => tops[a] - tops[b] || a - b)) {
    const { box, h } = blocks[i]
    for (const j of pushing) tops[i] = Math.max(tops[i], least(blocks[j], tops[j], blocks[i]))
    if (tops[i] + h > box.y + box.h || corners.get(cornerOf(box)) > 1) pushing.push(i)
  }
  return tops
}

/** How far down `low` has to be for `high`, which is drawn at `top`. @param {Block} high @param {number} top @param {Block} low */
function least({ box: a, h }, top, { box: b, room }) {
  if (a.x >= b.x + b.w || b.x >= a.x + a.w) return b.y
  if (a.x === b.x && a.y === b.y) return top + h + room
  if (b.y < a.y + a.h / 2) return b.y // side by side, or one within the other, by somebody's hand
  return top + h + Math.min(b.y - (a.y + a.h), room)
}

/** @param {Box} box */
function cornerOf({ x, y }) {
  return `${x} ${y}`
}
