// Copying and cutting what is selected: by the keys of the system, and copying by a button.

import { isText } from "app/lib/dom.js"
import { plural } from "app/lib/words.js"
import { written } from "./copied.js"

/**
 * @param {import("app/board/context.js").BoardContext} context
 * @param {(ids: string[]) => void} cut removes cards that were copied
 */
export function enableCopying(context, cut) {
  document.addEventListener("copy", (event) => {
    const cards = copied(event)
    if (!cards.length) return
    context.announcer.notify(
      `Copied ${plural(cards.length, "card")}. Paste them on a board, or as text elsewhere.`,
    )
  })
  document.addEventListener("cut", (event) => {
    const cards = copied(event)
    if (cards.length) cut(cards.map(({ id }) => id))
  })
  return {
    copy: () => document.execCommand("copy") || context.announcer.warn("This browser does not let us copy."),
  }

  /** The cards that are on the clipboard now; none where the event is about something else. @param {ClipboardEvent} event */
  function copied(event) {
    if (event.defaultPrevented || isText(event.target) || String(getSelection()).trim()) return []
    if (document.querySelector("dialog[open]") || !event.clipboardData) return []
    const cards = chosen()
    if (!cards.length) return []
    const { text, html } = written(cards)
    event.clipboardData.setData("text/plain", text)
    event.clipboardData.setData("text/html", html)
    event.preventDefault()
    return cards
  }

  /** The selected cards; of a section all that are in it. */
  function chosen() {
    const item = context.selectedItem
    return item?.item === "section" ? context.items.cards(item.id) : context.selectedCards
  }
}
