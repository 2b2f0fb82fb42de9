// Listens to the keys of the canvas and does what the table in keymap.js says.

import { focusOn } from "app/board/canvas/focus_on.js"
import { within } from "app/board/canvas/geometry.js"
import { moveBy } from "app/board/grid_moves.js"
import { CARD, CARD_BOUNDS } from "app/board/schema.js"
import { columnsOf, isGrid } from "app/board/sync/arrangement.js"
import { isText } from "app/lib/dom.js"
import { keyFor, writes } from "./keymap.js"

/** @typedef {import("app/board/context.js").BoardContext} BoardContext */
/** @typedef {import("app/board/schema.js").Item} Item */

const STEP = 8
const LONG = 48
/** @type {Record<string, [number, number]>} */
const DIRECTIONS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }

/**
 * @param {BoardContext} context
 * @param {import("app/board/canvas/renderer.js").Renderer} renderer
 * @param {import("app/board/commands.js").Commands} commands
 * @param {import("app/board/canvas/inline_editor.js").InlineEditor} editor
 * @param {{ focus: (part: string) => void, help: () => void, news: () => void, find: () => void, addAny: (kind: string) => void, addSection: () => void, linkMenu: () => void, open: () => void, bar: (first?: string) => void, fit: () => void, sections: () => void, cancelDrag: () => boolean, moveAll: (direction: [number, number], how: { pixels: number, far: boolean }) => void, several: { all: () => void, toggle: () => void, extend: (by: 1 | -1) => void, end: () => void }, duplicate: () => void, removeAll: () => void }} parts
 */
export function listenToKeys(context, renderer, commands, editor, parts) {
  const { viewport } = renderer
  /** @type {Record<string, (event: KeyboardEvent) => void>} */
  const does = {
    add: () => parts.addAny(context.lastKind),
    section: parts.addSection,
    link: parts.linkMenu,
    move: () => (context.isSeveral ? parts.bar("select") : parts.focus("section")),
    all: parts.several.all,
    toggle: parts.several.toggle,
    extend: () => parts.several.extend(1),
    extendBack: () => parts.several.extend(-1),
    duplicate: parts.duplicate,
    comment: () => parts.focus("comment"),
    open: () => (context.isSeveral ? parts.bar() : parts.open()),
    bar: () => parts.bar(),
    sections: parts.sections,
    edit,
    remove,
    arrow,
    size,
    next: () => step(1),
    before: () => step(-1),
    leave,
    undo: () => commands.undo(),
    redo: () => commands.redo(),
    fit: parts.fit,
    closer: () => viewport.zoomIn(),
    farther: () => viewport.zoomOut(),
    news: parts.news,
    find: parts.find,
    help: parts.help,
  }

  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.isComposing || isWriting(event)) return
    if (document.querySelector("dialog[open]")) return
    const onCanvas = viewport.screen.contains(/** @type {Node} */ (event.target))
    if (onCanvas && context.selectedItem && writes(event)) return edit()
    if (event.key === " " && !event.shiftKey && onCanvas && !isButton(event.target)) startPanning(event)
    const key = keyFor(event, onCanvas && !context.selection.size && singles())
    if (!key || !does[key.act] || !applies(key.act, onCanvas, event)) return
    event.preventDefault()
    does[key.act](event)
  })
  document.addEventListener("keyup", (event) => {
    if (event.key === " ") viewport.panning = false
  })

  /** Undo works wherever the focus is; all other keys need the focus on the canvas. @param {string} act @param {boolean} onCanvas @param {KeyboardEvent} event */
  function applies(act, onCanvas, event) {
    if (act === "undo" || act === "redo" || act === "leave") return true
    return (
      onCanvas &&
      !(act === "edit" && isButton(event.target) && event.key === "Enter" && !context.selectedItem)
    )
  }

  /** @param {KeyboardEvent} event */
  function startPanning(event) {
    viewport.panning = true
    event.preventDefault()
  }

  /** Not prevented, a letter that began it is written into the box that has the focus then. */
  function edit() {
    const item = context.selectedItem
    if (item?.item === "card") editor.edit(item.id)
    else if (item) parts.focus("title")
  }

  function remove() {
    if (context.isSeveral) return parts.removeAll()
    const item = context.selectedItem
    if (!item) return
    commands.remove(item)
    renderer.element(item.id) // draws now, so that the next key finds the focus on the neighbour (lost_focus.js)
  }

  /** @param {KeyboardEvent} event */
  function arrow(event) {
    const [dx, dy] = DIRECTIONS[event.key]
    const far = event.shiftKey ? LONG : STEP
    if (context.selection.size > 1)
      return parts.moveAll(/** @type {[number, number]} */ ([dx, dy]), { pixels: far, far: event.shiftKey })
    const item = context.selectedItem
    if (!item || !("x" in item.fields)) return viewport.pan(-dx * far * 5, -dy * far * 5)
    const grid = item.item === "card" && context.items.sectionOf(item)
    if (grid && isGrid(grid))
      moveBy(
        commands,
        item,
        grid.id,
        event.shiftKey ? (dx + dy) * Infinity : dx + dy * columnsOf(grid.fields.w),
      )
    else commands.nudge(item, shifted(item, dx * far, dy * far))
    renderer.element(item.id) // draws now, so that it is known where it lies
    const box = renderer.box(item.id)
    if (box) viewport.reveal(box)
    return undefined
  }

  /** From where it is drawn, which may be farther down than it is stored. @param {Item} item @param {number} dx @param {number} dy */
  function shifted(item, dx, dy) {
    const { x, y } = item.item === "section" ? renderer.layout.corner(item.id) : renderer.layout.place(item)
    return { x: x + dx, y: y + dy }
  }

  /** @param {KeyboardEvent} event */
  function size(event) {
    const item = context.selectedItem
    if (item?.item !== "card") return
    const w = (item.fields.w ?? CARD.w) + (event.key === "ArrowRight" ? 20 : -20)
    commands.resize(item, within(w, CARD_BOUNDS.w))
  }

  /** @param {number} by */
  function step(by) {
    const all = context.items.inOrder()
    if (!all.length) return
    const from = context.isSeveral
      ? document.activeElement?.closest(".card")?.id.slice("card-".length)
      : context.selected
    const at = all.findIndex((card) => card.id === from)
    const next = at < 0 ? (by > 0 ? 0 : all.length - 1) : (at + by + all.length) % all.length
    if (!context.isSeveral) context.select(all[next].id)
    const box = renderer.box(all[next].id)
    if (box) viewport.reveal(box)
    focusOn(renderer, all[next].id)
  }

  function leave() {
    if (parts.cancelDrag()) return undefined
    if (context.linking !== null) return context.linkFrom(null)
    context.announcer.dismiss()
    parts.several.end()
    return viewport.screen.focus({ preventScroll: true })
  }
}

/** In a text box keys write; in a menu they choose, but undo works. @param {KeyboardEvent} event */
function isWriting(event) {
  const { target } = event
  if (target instanceof HTMLSelectElement) return !event.ctrlKey && !event.metaKey
  return isText(target)
}

/** Whether single letters count as keys: a choice of the person, stored in this browser. */
export function singles() {
  return localStorage.getItem("throughline letters") !== "off"
}

/** @param {EventTarget | null} target */
function isButton(target) {
  return target instanceof Element && Boolean(target.closest("button, a"))
}
