// Copying what is selected: by the keys of the system, and by a button.

import { isText } from "app/lib/dom.js"
import { plural } from "app/lib/words.js"
import { written } from "./copied.js"

/** @param {import("app/board/context.js").BoardContext} context */
export function enableCopying(context) {
  document.addEventListener("copy", (event) => {
    if (isText(event.target) || !String(getSelection()).trim()) onCopy(event)
  })
  return {
    copy: () => document.execCommand("copy") || context.announcer.warn("This browser does not let us copy."),
  }

  /** @param {ClipboardEvent} event */
  function onCopy(event) {
    if (event.defaultPrevented || isText(event.target) || document.querySelector("dialog[open]")) return
    const cards = chosen()
    if (!cards.length || !event.clipboardData) return
    const { text, html } = written(cards)
    event.clipboardData.setData("text/plain", text)
    event.clipboardData.setData("text/html", html)
    event.preventDefault()
    context.announcer.notify(
      `Copied ${plural(cards.length, "card")}. Paste them on a board, or as text elsewhere.`,
    )
  }

  /** The selected cards; of a section all that are in it. */
  function chosen() {
    const item = context.selectedItem
    return item?.item === "section" ? context.items.cards(item.id) : context.selectedCards
  }
}
