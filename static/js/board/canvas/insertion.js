// Where a card that is dropped on a grid comes in its order, and the mark that shows it meanwhile.
import { CARD, GUTTER } from "app/board/schema.js"
import { h } from "app/lib/dom.js"

/** @typedef {import("./geometry.js").Box} Box */

const THICK = 4 // pixels, of the line

/** The mark, put where the card would come. */
export class InsertionMark {
  element = h("div", { class: "insertion", "aria-hidden": "true", hidden: true })

  /** @param {Box | null} box on the board */
  show(box) {
    this.element.hidden = !box
    if (!box) return
    const { x, y, w, h: tall } = box
    this.element.style.transform = `translate(${x - THICK / 2}px, ${y - THICK / 2}px)`
    Object.assign(this.element.style, { width: `${w + THICK}px`, height: `${tall + THICK}px` })
  }
}

/**
 * After which card of a grid (null: first) one comes that is dropped at a point, and where the mark for that is: a line
 * before or behind a card of the row that lies there.
 * @param {[string, Box][]} cards the others in turn, with their boxes
 * @param {{ x: number, y: number }} at from the same corner as those
 * @param {boolean} oneColumn
 * @returns {{ after: string | null, mark: Box }}
 */
export function insertion(cards, at, oneColumn) {
  const top = topOfRow(cards, at.y)
  const row = cards.filter(([, box]) => box.y === top)
  if (!row.length) return { after: null, mark: { x: GUTTER / 2, y: GUTTER, w: 0, h: CARD.h } }
  const next = row.find(([, { x, y, w, h: tall }]) => (oneColumn ? at.y < y + tall / 2 : at.x < x + w / 2))
  const last = /** @type {[string, Box]} */ (row.at(-1))
  const index = cards.indexOf(next ?? last) - (next ? 1 : 0)
  const { x, y, w, h: tall } = (next ?? last)[1]
  const tallest = Math.max(...row.map(([, box]) => box.h))
  const mark = oneColumn
    ? { x, y: next ? y - GUTTER / 2 : y + tall + GUTTER / 2, w, h: 0 }
    : { x: next ? x - GUTTER / 2 : x + w + GUTTER / 2, y, w: 0, h: tallest }
  return { after: cards[index]?.[0] ?? null, mark }
}

/** The top of the first row that ends below a height; that of the last one where none does. @param {[string, Box][]} cards @param {number} y */
function topOfRow(cards, y) {
  return (cards.find(([, box]) => y < box.y + box.h + GUTTER / 2) ?? cards.at(-1))?.[1].y
}
