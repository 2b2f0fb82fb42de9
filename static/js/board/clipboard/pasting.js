// Pasting on the canvas: rows of text, or cards of another board, become cards.

import { isText } from "app/lib/dom.js"
import { plural } from "app/lib/words.js"
import { read } from "./copied.js"
import { preview } from "./preview.js"
import { cardsOf, rowsOf, split } from "./rows.js"
import { TargetSection } from "./target_section.js"

/** @typedef {import("app/board/sync/batches.js").NewCard} NewCard */

const UNSEEN = 5 // cards that are added without being shown first

/**
 * @param {import("app/board/context.js").BoardContext} context
 * @param {import("app/board/canvas/renderer.js").Renderer} renderer
 * @param {import("app/board/selection_commands.js").SelectionCommands} selection
 */
export function enablePasting(context, renderer, selection) {
  const target = new TargetSection(context, renderer)
  document.addEventListener("paste", (event) => {
    if (event.defaultPrevented || isText(event.target) || document.querySelector("dialog[open]")) return
    const cards = cardsIn(event.clipboardData)
    if (!cards.length) return
    event.preventDefault()
    paste(cards)
  })

  /** @param {DataTransfer | null} data @returns {NewCard[]} */
  function cardsIn(data) {
    const tags = context.kinds.map(({ tag }) => tag)
    const copied = read(data?.getData("text/html") ?? "", tags)
    if (copied.length) return copied
    const sections = context.items.sections.map(({ id, fields }) => ({ id, title: fields.title }))
    const names = { kinds: context.kinds, sections, kind: context.lastKind }
    return cardsOf(rowsOf(data?.getData("text/plain") ?? ""), names)
  }

  /** @param {NewCard[]} cards */
  function paste(cards) {
    const { limits } = context.sync
    if (!context.may("add_card")) return context.announcer.warn("You can read this board, but not change it.")
    const room = limits.cards - context.items.inOrder().length
    const whole = split(cards, limits.text)
    if (whole.length > room)
      return context.announcer.warn(
        `These are ${plural(whole.length, "card")}, and the board has room for ${room}. Nothing was added.`,
      )
    const section = target.now()
    if (whole.length === cards.length && cards.length <= UNSEEN) return add(cards, section)
    return preview(context, cards, section, add)
  }

  /** @param {NewCard[]} cards @param {string | null} section for those that name none */
  function add(cards, section) {
    const [first] = selection.add(cards.map((card) => ({ section, ...card })))
    if (!first) return
    renderer.element(first) // draws now, so that it is known where it lies
    const box = renderer.box(first)
    if (box) renderer.viewport.reveal(box)
    renderer.viewport.screen.focus({ preventScroll: true })
  }
}
