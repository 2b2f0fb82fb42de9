// What becomes of several cards that were dragged as one: all land where that one was put down.

/**
 * In a grid they come in their turn at the mark; elsewhere they keep their places among themselves.
 * @param {import("app/board/selection_commands.js").SelectionCommands} selection
 * @param {import("app/board/canvas/renderer.js").Renderer} renderer
 * @param {string[]} ids in the order of the outline
 * @param {{ dx: number, dy: number }} shift on the board
 * @param {{ section: string | null, after?: string | null }} target
 */
export function dropAll(selection, renderer, ids, { dx, dy }, { section, after }) {
  if (after !== undefined) return selection.moveTo(ids, section, after)
  const corner = renderer.layout.corner(section)
  const places = ids.flatMap((id) => {
    const box = renderer.box(id)
    return box ? [{ id, x: box.x + dx - corner.x, y: box.y + dy - corner.y }] : []
  })
  return selection.place(places, section)
}
