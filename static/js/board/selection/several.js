// Several cards at once: who belongs to them, said aloud; and the ways to choose them that need no pointer.

import { focusOn } from "app/board/canvas/focus_on.js"
import { byId, h } from "app/lib/dom.js"
import { plural } from "app/lib/words.js"

/** @typedef {import("app/board/context.js").BoardContext} BoardContext */
/** @typedef {import("app/board/canvas/renderer.js").Renderer} Renderer */

const SELECTED = "is-selected" // the id of the word that describes a selected card to a screen reader

/**
 * @param {BoardContext} context
 * @param {Renderer} renderer
 * @param {import("app/board/selection_commands.js").SelectionCommands} selection
 */
export function severalCards(context, renderer, selection) {
  const bar = byId("selection-bar")
  let said = 0
  document.body.append(h("p", { id: SELECTED, text: "Selected", hidden: true }))
  context.on("selected", say)
  context.on("several", (on) => {
    renderer.viewport.screen.toggleAttribute("data-several", on)
    renderer.redraw()
  })
  context.on("redrawn", describe)
  context.sync.on("changed", forget)
  for (const press of /** @type {const} */ (["keydown", "keyup"]))
    document.addEventListener(press, (event) => bar.toggleAttribute("data-aside", event.shiftKey))
  return { all, mine, toggle, extend, end, start }

  function say() {
    const count = context.selection.size
    if (context.isSeveral || said > 1) context.announcer.speak(`${plural(count, "card")} selected`)
    said = count
  }

  function describe() {
    renderer.viewport.screen.toggleAttribute("data-many", context.isSeveral)
    for (const [id, element] of renderer.cards.elements) {
      const face = /** @type {Element} */ (element.firstElementChild)
      if (context.isSeveral && context.isSelected(id)) face.setAttribute("aria-describedby", SELECTED)
      else face.removeAttribute("aria-describedby")
    }
  }

  /** What is gone is selected no more. */
  function forget() {
    const here = [...context.selection].filter((id) => context.get(id))
    if (context.isSeveral && here.length < context.selection.size) context.selectAll(here)
  }

  /** From now on a press adds a card or takes it away. */
  function start() {
    context.setSeveral(true)
    context.selectAll(context.selectedCards.map(({ id }) => id))
    context.announcer.speak("Press cards to select them, or draw a box around them")
  }

  function end() {
    context.setSeveral(false)
    context.select(null)
  }

  /** All cards of the section that one is in, all of the board the second time. */
  function all() {
    const section = sectionHere()
    const inside = context.items.cards(section ?? null).map(({ id }) => id)
    const whole = section === undefined || inside.every((id) => context.isSelected(id))
    context.selectAll(whole ? context.items.inOrder().map(({ id }) => id) : inside)
  }

  /** The section of what is selected or has the focus; undefined with neither. @returns {string | null | undefined} */
  function sectionHere() {
    const item = context.selectedItem ?? context.selectedCards[0] ?? context.get(focused())
    if (item?.item === "section") return item.id
    return item?.item === "card" ? (context.items.sectionOf(item)?.id ?? null) : undefined
  }

  function mine() {
    const ids = selection.mine()
    context.selectAll(ids)
    if (!ids.length) context.announcer.notify("You have no cards on this board.")
  }

  /** Adds the card that has the focus, or takes it away. */
  function toggle() {
    const id = focused()
    if (context.get(id)?.item !== "card") return
    if (!context.isSeveral && context.selected === id) return start()
    context.toggle(/** @type {string} */ (id))
  }

  /** Adds the next card of the outline, or the one before, and goes there. @param {1 | -1} by */
  function extend(by) {
    const cards = context.items.inOrder()
    const at = cards.findIndex(({ id }) => id === (focused() ?? context.selected))
    const next = cards[at < 0 && by < 0 ? cards.length - 1 : at + by]
    if (!next) return
    const from = at < 0 ? [] : [cards[at].id]
    context.selectAll([...context.selectedCards.map(({ id }) => id), ...from, next.id])
    const box = renderer.box(next.id)
    if (box) renderer.viewport.reveal(box)
    focusOn(renderer, next.id)
  }

  /** @returns {string | null} */
  function focused() {
    const holder = document.activeElement?.closest(".card, .frame")
    return holder instanceof HTMLElement ? (holder.dataset.id ?? null) : null
  }
}
