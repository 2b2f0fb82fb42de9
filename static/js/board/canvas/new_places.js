// Where something new will lie on the board as it is drawn.
import { CARD } from "app/board/schema.js"
import { grid, isGrid } from "app/board/sync/arrangement.js"
import { firstFree } from "app/board/sync/places.js"
import { round, sectionBox } from "./geometry.js"

/** @typedef {import("./geometry.js").Box} Box */
/** @typedef {import("./layout.js").Layout} Layout */

/**
 * Where a card will lie that is added with these fields: in a grid behind the last, wherever it was wished.
 * @param {Layout} layout
 * @param {{ section: string | null, x: number, y: number }} card
 * @returns {Box}
 */
export function newBox(layout, { section, x, y }) {
  const home = layout.context.get(section)
  const corner = layout.corner(section)
  if (!home || !isGrid(home)) return { x: x + corner.x, y: y + corner.y, ...CARD }
  const inside = layout
    .boxesIn(home.id)
    .map(([id, { h }]) => ({ w: layout.context.get(id)?.fields.w ?? CARD.w, h }))
  const box = /** @type {Box} */ (grid(sectionBox(home).w, [...inside, CARD]).boxes.at(-1))
  return { ...box, x: box.x + corner.x, y: box.y + corner.y }
}

/**
 * A free place near the wanted one: the first free spot of a grid that begins there.
 * @param {Layout} layout
 * @param {{ x: number, y: number }} wish
 * @param {{ w: number, h: number }} [size]
 */
export function freeNear(layout, { x, y }, size = CARD) {
  const corner = { x: round(x), y: round(y) }
  return firstFree(corner, 4, 200, layout.all(), size) ?? corner
}
