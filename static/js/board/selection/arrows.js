// The arrow keys with several cards selected: in sections of rows they move in turn, elsewhere by some pixels.

import { columnsOf, isGrid } from "app/board/sync/arrangement.js"

/** @typedef {import("app/board/schema.js").Item} Item */

/**
 * @param {import("app/board/context.js").BoardContext} context
 * @param {import("app/board/canvas/renderer.js").Renderer} renderer
 * @param {import("app/board/selection_commands.js").SelectionCommands} selection
 * @param {[number, number]} direction
 * @param {{ pixels: number, far: boolean }} how `far` in a section of rows: to its beginning or end
 */
export function moveByArrow(context, renderer, selection, [dx, dy], { pixels, far }) {
  const cards = context.selectedCards
  const free = cards.filter((card) => !gridOf(card))
  const grids = [...new Set(cards.flatMap((card) => gridOf(card) ?? []))]
  const places = free.map((card) => {
    const { x, y } = renderer.layout.place(card)
    return { id: card.id, x: x + dx * pixels, y: y + dy * pixels }
  })
  if (!grids.length) return selection.nudge(places)
  const moved = selection.step(grids.map(turn), places)
  return moved || context.announcer.notify("They are already as far that way as they go.")

  /** The section of rows that a card is in. @param {Item} card */
  function gridOf(card) {
    const section = context.items.sectionOf(card)
    return section && isGrid(section) ? section : null
  }

  /** Where the selected cards of a section come in its turn. @param {Item} section */
  function turn({ id, fields }) {
    const by = far ? (dx + dy) * Infinity : dx + dy * columnsOf(fields.w)
    const all = context.items.cards(id)
    const others = all.filter((card) => !context.isSelected(card.id))
    const ids = all.filter((card) => context.isSelected(card.id)).map((card) => card.id)
    const at = all.findIndex((card) => context.isSelected(card.id)) + by // from that of the first
    const to = Math.min(Math.max(at, 0), others.length)
    return { ids, section: id, after: others[to - 1]?.id ?? null }
  }
}
