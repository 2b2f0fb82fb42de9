// Listens to the keys of the canvas and does what the table in keymap.js promises.

import { within } from "app/board/canvas/geometry.js"
import { focusOn } from "app/board/canvas/inline_editor.js"
import { CARD, CARD_BOUNDS } from "app/board/schema.js"
import { isText } from "app/lib/dom.js"
import { keyFor } from "./keymap.js"

/** @typedef {import("app/board/context.js").Desk} Desk */

const STEP = 8
const LONG = 48
/** @type {Record<string, [number, number]>} */
const WAYS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }

/**
 * @param {Desk} desk
 * @param {import("app/board/canvas/renderer.js").Stage} stage
 * @param {import("app/board/commands.js").Acts} acts
 * @param {import("app/board/canvas/inline_editor.js").Writer} writer
 * @param {{ focus: (part: string) => void, help: () => void, news: () => void, addAny: (kind: string) => void, addSection: () => void, linkMenu: () => void }} parts
 */
export function listen(desk, stage, acts, writer, parts) {
  const { lens } = stage
  /** @type {Record<string, (event: KeyboardEvent) => void>} */
  const does = {
    add: () => parts.addAny(desk.lastKind),
    section: parts.addSection,
    link: parts.linkMenu,
    move: () => parts.focus("section"),
    comment: () => parts.focus("comment"),
    edit,
    remove,
    arrow,
    size,
    next: () => step(1),
    before: () => step(-1),
    leave,
    undo: () => acts.undo(),
    redo: () => acts.redo(),
    fit: () => lens.fit(stage.places.whole()),
    closer: () => lens.closer(),
    farther: () => lens.farther(),
    news: parts.news,
    help: parts.help,
  }

  document.addEventListener("keydown", (event) => {
    if (
      event.defaultPrevented ||
      event.isComposing ||
      isText(event.target) ||
      document.querySelector("dialog[open]")
    )
      return
    const onCanvas = lens.screen.contains(/** @type {Node} */ (event.target))
    if (event.key === " " && onCanvas && !isButton(event.target)) hold(event)
    const key = keyFor(event, onCanvas && singles())
    if (!key || !does[key.act] || !reaches(key.act, onCanvas, event)) return
    event.preventDefault()
    does[key.act](event)
  })
  document.addEventListener("keyup", (event) => {
    if (event.key === " ") lens.panning = false
  })

  /** Undo works wherever one is on the page; all else needs the canvas. @param {string} act @param {boolean} onCanvas @param {KeyboardEvent} event */
  function reaches(act, onCanvas, event) {
    if (act === "undo" || act === "redo" || act === "leave") return true
    return onCanvas && !(act === "edit" && isButton(event.target) && event.key === "Enter" && !desk.current)
  }

  /** @param {KeyboardEvent} event */
  function hold(event) {
    lens.panning = true
    event.preventDefault()
  }

  function edit() {
    const item = desk.current
    if (item?.item === "card") writer.edit(item.id)
    else if (item) parts.focus("title")
  }

  function remove() {
    const item = desk.current
    if (!item) return
    const neighbour = item.item === "card" ? beside(item.id) : null
    acts.remove(item)
    desk.select(neighbour)
    if (neighbour) focusOn(stage, neighbour)
    else lens.screen.focus()
  }

  /** @param {string} id */
  function beside(id) {
    const all = desk.items.inOrder()
    const at = all.findIndex((card) => card.id === id)
    return (all[at + 1] ?? all[at - 1])?.id ?? null
  }

  /** @param {KeyboardEvent} event */
  function arrow(event) {
    const [dx, dy] = WAYS[event.key]
    const far = event.shiftKey ? LONG : STEP
    const item = desk.current
    if (!item || !("x" in item.fields)) return lens.pan(-dx * far * 5, -dy * far * 5)
    acts.nudge(item, dx * far, dy * far)
    const box = stage.box(item.id)
    if (box) lens.reveal(box)
    return undefined
  }

  /** @param {KeyboardEvent} event */
  function size(event) {
    const item = desk.current
    if (item?.item !== "card") return
    const w = (item.fields.w ?? CARD.w) + (event.key === "ArrowRight" ? 20 : -20)
    acts.resize(item, within(w, CARD_BOUNDS.w))
  }

  /** @param {number} by */
  function step(by) {
    const all = desk.items.inOrder()
    if (!all.length) return
    const at = all.findIndex((card) => card.id === desk.selected)
    const next = at < 0 ? (by > 0 ? 0 : all.length - 1) : (at + by + all.length) % all.length
    desk.select(all[next].id)
    const box = stage.box(all[next].id)
    if (box) lens.reveal(box)
    focusOn(stage, all[next].id)
  }

  function leave() {
    if (desk.linking !== null) return desk.linkFrom(null)
    desk.notes.dismiss()
    desk.select(null)
    return lens.screen.focus({ preventScroll: true })
  }
}

/** Whether bare letters count; a choice of the person, kept in this browser. */
export function singles() {
  return localStorage.getItem("throughline letters") !== "off"
}

/** @param {EventTarget | null} target */
function isButton(target) {
  return target instanceof Element && Boolean(target.closest("button, a"))
}
