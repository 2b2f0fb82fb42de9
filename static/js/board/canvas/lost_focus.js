// When the item under the focus is gone, the focus goes to its neighbour. If somebody else removed it, that is said.
import { byId } from "app/lib/dom.js"
import { forceFocus } from "app/lib/forced_focus.js"

/** @typedef {import("app/board/context.js").BoardContext} BoardContext */
/** @typedef {import("app/board/schema.js").Item} Item */
/** @typedef {{ neighbours: string[], byUs: boolean }} Gone */

const REMOVED = "Somebody else removed the item you were on."

/**
 * @param {BoardContext} context
 * @param {import("./renderer.js").Renderer} renderer
 */
export function guardFocus(context, renderer) {
  /** @type {Gone | null} */
  let gone = null
  let undone = false
  context.outbox.on("answered", ({ entry }) => {
    undone ||= !entry.op
  })
  context.sync.on("changed", () => {
    gone ??= goneNow()
  })
  context.on("redrawn", () => {
    const [was, byUs] = [gone, Boolean(gone?.byUs || undone)]
    gone = null
    undone = false
    if (was && isLost()) settle(was.neighbours, byUs)
  })

  /** Asked before the change is drawn: the item that has the focus, if the board has it no more. @returns {Gone | null} */
  function goneNow() {
    const id = focusedItem()
    if (!id || context.get(id)) return null
    const { sections, fullLinks } = context.items
    const list = [context.items.inOrder(), sections].find((all) => all.some((each) => each.id === id)) ?? []
    const item = [...list, ...fullLinks].find((each) => each.id === id)
    return { neighbours: neighboursOf(list, id), byUs: isByUs(item) }
  }

  function focusedItem() {
    const at = document.activeElement
    if (byId("board-panel").contains(at)) return context.opened
    const holder = renderer.world.contains(at) ? at?.closest("[data-id]") : null
    return holder instanceof HTMLElement ? holder.dataset.id : null
  }

  /** The server still has it, or never had it: then it is gone by an act of our own. @param {Item | undefined} item */
  function isByUs(item) {
    return !item?.seq || context.sync.replica.items.has(item.id)
  }

  /** @param {string[]} neighbours @param {boolean} byUs whether it is gone by an act of our own */
  function settle(neighbours, byUs) {
    const next = neighbours.find((id) => context.get(id)) ?? null
    if (!context.isSeveral) context.select(next)
    const face = next && renderer.element(next)?.querySelector(".card-face, .frame-pick")
    const target = face instanceof HTMLElement ? face : renderer.viewport.screen
    if (byUs) return target.focus({ preventScroll: true })
    forceFocus(target)
    return context.announcer.notify(REMOVED)
  }
}

/** The ids of those after it, the nearest first, then of those before it. @param {Item[]} list @param {string} id */
function neighboursOf(list, id) {
  const ids = list.map((each) => each.id)
  const at = ids.indexOf(id)
  return [...ids.slice(at + 1), ...ids.slice(0, Math.max(at, 0)).reverse()]
}

function isLost() {
  const at = document.activeElement
  return !at || at === document.body
}
