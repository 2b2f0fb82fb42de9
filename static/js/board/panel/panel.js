// The panel at the right: shows what is selected, and keeps focus and typed text while the board changes.

import { byId, h } from "app/lib/dom.js"
import { plural } from "app/lib/words.js"
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
 * @property {() => void} removed             open the drawer of what was removed
 * @property {() => void} help
 */

/** @type {Record<string, (tools: Tools, item: Item) => Panel>} */
const KINDS = { card: cardPanel, section: sectionPanel, link: linkPanel }

/** @param {Tools} tools */
export function openPanel(tools) {
  const { context } = tools
  const root = byId("board-panel")
  /** @type {Panel | null} */
  let open = null
  const idle = h("div", {})
  context.on("selected", show)
  context.on("placed", refresh)
  context.on("joined", refresh)
  context.people.on("changed", refresh)
  context.sync.on("welcome", refresh)
  root.addEventListener("focusout", () => queueMicrotask(() => context.selectedItem || refresh()))
  show()
  return { focus }

  function show() {
    open?.leave?.()
    const item = context.selectedItem
    open = item && KINDS[item.item] ? KINDS[item.item](tools, item) : null
    root.classList.toggle("idle", !open)
    root.replaceChildren(...(open ? [closer(), open.element] : [idle]))
    if (!open) drawIdle()
    refresh()
  }

  /**
   * Closes the panel of an item that is gone; lost_focus.js then looks after the focus. Boxes with words in them stay,
   * alone, until the person leaves them.
   */
  function refresh() {
    if (!context.selected) return drawIdle()
    const item = context.selectedItem
    const words = !item && context.boxes.inUse(root)
    if (open) showOnlyWords(open.element, words)
    if (item) return open?.refresh(item)
    if (words) return undefined
    const hadFocus = root.contains(document.activeElement)
    context.select(null)
    if (hadFocus) queueMicrotask(focusCanvas)
    return undefined
  }

  /** Unless lost_focus.js has given the focus to a neighbour. */
  function focusCanvas() {
    if (document.activeElement === document.body)
      tools.renderer.viewport.screen.focus({ preventScroll: true })
  }

  /** Hides all of a panel that holds no box in use, or shows it again. @param {Element} panel @param {boolean} only */
  function showOnlyWords(panel, only) {
    for (const child of panel.children) child.classList.toggle("covered", only && !context.boxes.inUse(child))
  }

  /** @param {string} part */
  function focus(part) {
    open?.focus(part)
  }

  function closer() {
    const close = () => {
      context.select(null)
      tools.renderer.viewport.screen.focus({ preventScroll: true })
    }
    return h("button", {
      class: "close",
      type: "button",
      "aria-label": "Close the panel",
      text: "×",
      onclick: close,
    })
  }

  function drawIdle() {
    if (context.selected || idle.contains(document.activeElement)) return
    const cards = context.items.inOrder()
    const counts = context.kinds.map((kind) => [
      kind.word,
      cards.filter((card) => card.fields.kind === kind.tag).length,
    ])
    const list = counts
      .filter(([, count]) => count)
      .map(([word, count]) => h("li", {}, h("span", { text: `${word}: ${count}` })))
    const writes = context.may("add_card")
    const signature = JSON.stringify([counts, writes])
    if (idle.dataset.counts === signature) return
    idle.dataset.counts = signature
    idle.replaceChildren(
      h("p", { class: "about", text: "This board" }),
      h("h2", { text: cards.length ? plural(cards.length, "card") : "An empty board" }),
      h("p", {
        text: writes
          ? "Double-click the canvas to add a card, or choose a kind on the left. Select a card to read it, link it, comment on it or move it."
          : context.about.archived
            ? "This board is archived. It can be read and downloaded, but not changed."
            : "You can read this board, but not change it. Select a card to see its links and comments.",
      }),
      h("ul", { class: "line" }, ...list),
      h(
        "div",
        { class: "acts" },
        h("button", { type: "button", text: "Removed items", onclick: tools.removed }),
        h("button", { type: "button", text: "Shortcuts", onclick: tools.help }),
      ),
    )
  }
}
