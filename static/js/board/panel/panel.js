// The panel at the right: shows what is selected, and keeps focus and typed words while the board changes.

import { byId, h } from "app/lib/dom.js"
import { plural } from "app/lib/words.js"
import { cardSide } from "./card.js"
import { linkSide } from "./link.js"
import { sectionSide } from "./section.js"

/** @typedef {import("app/board/schema.js").Item} Item */
/** @typedef {import("app/board/context.js").Desk} Desk */
/** @typedef {{ element: HTMLElement, refresh: (item: Item) => void, focus: (part: string) => void, leave?: () => void }} Side */
/**
 * @typedef {object} Tools
 * @property {Desk} desk
 * @property {import("app/board/commands.js").Acts} acts
 * @property {import("app/board/canvas/renderer.js").Stage} stage
 * @property {(id: string) => void} go        select something and show it
 * @property {() => void} removed             open the drawer of what was removed
 * @property {() => void} help
 */

/** @type {Record<string, (tools: Tools, item: Item) => Side>} */
const KINDS = { card: cardSide, section: sectionSide, link: linkSide }

/** @param {Tools} tools */
export function side(tools) {
  const { desk } = tools
  const root = byId("side")
  /** @type {Side | null} */
  let open = null
  const idle = h("div", {})
  desk.on("selected", show)
  desk.on("placed", refresh)
  desk.people.on("changed", refresh)
  desk.sync.on("welcome", refresh)
  show()
  return { focus }

  function show() {
    open?.leave?.()
    const item = desk.current
    open = item && KINDS[item.item] ? KINDS[item.item](tools, item) : null
    root.classList.toggle("idle", !open)
    root.replaceChildren(...(open ? [closer(), open.element] : [idle]))
    if (!open) drawIdle()
    refresh()
  }

  /** What is gone leaves the panel; the focus goes back to the canvas, never nowhere. */
  function refresh() {
    if (!desk.selected) return drawIdle()
    const item = desk.current
    if (item) return open?.refresh(item)
    const hadFocus = root.contains(document.activeElement)
    desk.select(null)
    if (hadFocus) tools.stage.lens.screen.focus({ preventScroll: true })
    return undefined
  }

  /** @param {string} part */
  function focus(part) {
    open?.focus(part)
  }

  function closer() {
    const close = () => {
      desk.select(null)
      tools.stage.lens.screen.focus({ preventScroll: true })
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
    if (desk.selected || idle.contains(document.activeElement)) return
    const cards = desk.items.inOrder()
    const counts = desk.kinds.map((kind) => [
      kind.word,
      cards.filter((card) => card.fields.kind === kind.tag).length,
    ])
    const list = counts
      .filter(([, count]) => count)
      .map(([word, count]) => h("li", {}, h("span", { text: `${word}: ${count}` })))
    const writes = desk.may("add_card")
    const signature = JSON.stringify([counts, writes])
    if (idle.dataset.counts === signature) return
    idle.dataset.counts = signature
    idle.replaceChildren(
      h("p", { class: "about", text: "This board" }),
      h("h2", { text: cards.length ? plural(cards.length, "card") : "An empty board" }),
      h("p", {
        text: writes
          ? "Double-click the canvas to add a card, or choose a kind on the left. Select a card to read it, link it, comment on it or move it."
          : desk.about.archived
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
