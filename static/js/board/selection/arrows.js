// The arrow keys with several cards selected: in one grid they move in turn, elsewhere by some pixels.

import { columnsOf, isGrid } from "app/board/sync/arrangement.js"

/**
 * @param {import("app/board/context.js").BoardContext} context
 * @param {import("app/board/canvas/renderer.js").Renderer} renderer
 * @param {import("app/board/selection_commands.js").SelectionCommands} selection
 * @param {[number, number]} direction
 * @param {{ pixels: number, far: boolean }} how `far` in a grid: to the beginning or end
 */
export function moveByArrow(context, renderer, selection, [dx, dy], { pixels, far }) {
  const cards = context.selectedCards
  const sections = new Set(cards.map((card) => context.items.sectionOf(card)))
  const [section] = sections
  if (sections.size === 1 && section && isGrid(section)) {
    const step = far ? (dx + dy) * Infinity : dx + dy * columnsOf(section.fields.w)
    return moveInTurn(section.id, step)
  }
  const free = cards.filter((card) => {
    const inside = context.items.sectionOf(card)
    return !inside || !isGrid(inside)
  })
  const places = free.map((card) => {
    const { x, y } = renderer.layout.place(card)
    return { id: card.id, x: x + dx * pixels, y: y + dy * pixels }
  })
  if (places.length) return selection.nudge(places)
  return context.announcer.speak("These lie in several sections. Move them to one first")

  /** @param {string} id @param {number} by how many places from that of the first */
  function moveInTurn(id, by) {
    const all = context.items.cards(id)
    const others = all.filter((card) => !context.isSelected(card.id))
    const at = all.findIndex((card) => context.isSelected(card.id))
    const to = Math.min(Math.max(at + by, 0), others.length)
    selection.moveTo(context.selection, id, others[to - 1]?.id ?? null)
  }
}
