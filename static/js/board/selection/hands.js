// What one does with several cards at once, put together for the page.

import { focusOn } from "app/board/canvas/focus_on.js"
import { enableCopying } from "app/board/clipboard/copying.js"
import { SelectionCommands } from "app/board/selection_commands.js"
import { moveByArrow } from "./arrows.js"
import { enableBox } from "./box.js"
import { severalCards } from "./several.js"
import { severalBar } from "./several_bar.js"

/**
 * @param {import("app/board/context.js").BoardContext} context
 * @param {import("app/board/canvas/renderer.js").Renderer} renderer
 * @param {import("app/board/commands.js").Commands} commands
 */
export function severalHands(context, renderer, commands) {
  const selection = new SelectionCommands(context, commands)
  const several = severalCards(context, renderer, selection)
  const box = enableBox(context, renderer)
  const { copy } = enableCopying(context, cut)
  return {
    selection,
    several,
    duplicate,
    removeAll,
    cancelBox: box.cancel,
    content: () => severalBar(context, selection, { several, copy, duplicate, remove: removeAll }),
    flip: () => (context.several ? several.end() : several.start()),
    moveAll: /** @type {(direction: [number, number], how: { pixels: number, far: boolean }) => void} */ (
      (direction, how) => moveByArrow(context, renderer, selection, direction, how)
    ),
  }

  /** The copies are selected then, so that the next step is done to them. */
  function duplicate() {
    const ids = selection.duplicate(context.selectedCards.map(({ id }) => id))
    if (!ids.length) return
    context.selectAll(ids)
    renderer.element(ids[0]) // draws now, so that it is known where it lies
    const place = renderer.box(ids[0])
    if (place) renderer.viewport.reveal(place)
    if (ids.length === 1) focusOn(renderer, ids[0])
  }

  function removeAll() {
    selection.remove(context.selectedCards.map(({ id }) => id))
    renderer.viewport.screen.focus({ preventScroll: true })
  }

  /** @param {string[]} ids */
  function cut(ids) {
    if (selection.cut(ids)) renderer.viewport.screen.focus({ preventScroll: true })
  }
}
