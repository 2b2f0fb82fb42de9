// The panel: opens on request for a card, section or link and stays with it; on small screens a sheet from below.

import { focusOn } from "app/board/canvas/focus_on.js"
import { byId, h } from "app/lib/dom.js"
import { cardPanel } from "./card.js"
import { linkPanel } from "./link.js"
import { sectionPanel } from "./section.js"

/** @typedef {import("app/board/schema.js").Item} Item */
/** @typedef {import("app/board/context.js").BoardContext} BoardContext */
/** @typedef {{ element: HTMLElement, refresh: (item: Item) => void, focus: (part: string) => void, leave?: () => void }} Panel */
/**
 * @typedef {object} Tools
 * @property {BoardContext} context
 * @property {import("app/board/commands.js").Commands} commands
 * @property {import("app/board/canvas/renderer.js").Renderer} renderer
 * @property {(id: string) => void} go        select something and show it
 * @property {() => void} several             begin to select several
 * @property {() => void} duplicate           put a copy after what is selected
 */

/** @type {Record<string, (tools: Tools, item: Item) => Panel>} */
const KINDS = { card: cardPanel, section: sectionPanel, link: linkPanel }

/** @param {Tools} tools */
export function openPanel(tools) {
  const { context, renderer } = tools
  const root = byId("board-panel")
  /** @type {Panel | null} */
  let panel = null
  context.on("selected", follow)
  context.on("placed", refresh)
  context.on("joined", refresh)
  context.people.on("changed", refresh)
  context.sync.on("welcome", refresh)
  root.addEventListener("focusin", () => context.get(context.opened) && context.select(context.opened))
  root.addEventListener("focusout", () => queueMicrotask(() => context.get(context.opened) || refresh()))
  root.addEventListener("keydown", leave)
  return { focus, close }

  /** Opens the panel of what is selected, and goes to a part of it; to the panel itself without one. @param {string} [part] */
  function focus(part = "") {
    if (context.selected !== null && context.selected !== context.opened) show(context.selected)
    if (part) panel?.focus(part)
    else root.focus({ preventScroll: true })
  }

  function close() {
    const id = context.opened
    show(null)
    if (context.get(id)) focusOn(renderer, id)
    if (!renderer.viewport.screen.contains(document.activeElement))
      renderer.viewport.screen.focus({ preventScroll: true })
  }

  /** An open panel turns to what is selected next; with nothing selected it stays with what it shows. */
  function follow() {
    if (context.opened !== null && context.selectedItem && context.selected !== context.opened)
      show(context.selected)
  }

  /** @param {string | null} id */
  function show(id) {
    panel?.leave?.()
    const item = context.get(id)
    panel = item && KINDS[item.item] ? KINDS[item.item](tools, item) : null
    context.opened = panel && id
    root.hidden = !panel
    root.replaceChildren(...(panel ? [closer(), panel.element] : []))
    refresh()
    context.emit("opened", context.opened)
  }

  /**
   * Closes the panel of an item that is gone; lost_focus.js then looks after the focus. Boxes with words in them stay,
   * alone, until the person leaves them.
   */
  function refresh() {
    if (!panel) return undefined
    const item = context.get(context.opened)
    const words = !item && context.boxes.inUse(root)
    showOnlyWords(panel.element, words)
    if (item) return panel.refresh(item)
    if (words) return undefined
    const hadFocus = root.contains(document.activeElement)
    if (context.selected === context.opened) context.select(null)
    show(null)
    if (hadFocus) queueMicrotask(focusCanvas)
    return undefined
  }

  /** Unless lost_focus.js has given the focus to a neighbour. */
  function focusCanvas() {
    if (document.activeElement === document.body) renderer.viewport.screen.focus({ preventScroll: true })
  }

  /** Hides all of a panel that holds no box in use, or shows it again. @param {Element} element @param {boolean} only */
  function showOnlyWords(element, only) {
    for (const child of element.children)
      child.classList.toggle("covered", only && !context.boxes.inUse(child))
  }

  /** Escape leaves the panel, from any of its fields, to what it shows. @param {KeyboardEvent} event */
  function leave(event) {
    if (event.key !== "Escape" || event.defaultPrevented || event.isComposing) return
    event.preventDefault()
    close()
  }

  function closer() {
    return h("button", {
      class: "close",
      type: "button",
      "aria-label": "Close the panel",
      text: "×",
      onclick: close,
    })
  }
}
