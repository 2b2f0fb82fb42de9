// What was removed and can be brought back.

import { h } from "app/lib/dom.js"
import { shorten } from "app/lib/words.js"
import { dialog } from "./dialog.js"

/** @typedef {import("app/board/schema.js").Item} Item */

/**
 * @param {import("app/board/context.js").Desk} desk
 * @param {import("app/board/commands.js").Acts} acts
 */
export async function removedItems(desk, acts) {
  const list = h("ul", {})
  const open = dialog(
    "Removed items",
    h("p", {
      text: "Removed items can be restored to where they were for 30 days. After that they are deleted.",
    }),
    list,
  )
  const items = await fetched(desk)
  if (!open.isConnected) return
  if (!items) list.append(h("li", { text: "This list needs a connection. Try again when you are online." }))
  else if (!items.length) list.append(h("li", { text: "There is nothing to restore." }))
  else list.append(...items.map(row))

  /** @param {Item} item */
  function row(item) {
    const restore = h("button", { type: "button", text: "Restore", onclick: back })
    const words = shorten(item.fields.text ?? item.fields.title ?? linkWords(item), 120)
    const kind =
      item.item === "card" ? desk.kindWord(item.fields.kind) : item.item[0].toUpperCase() + item.item.slice(1)
    const element = h("li", {}, h("strong", { text: kind }), h("p", { class: "words", text: words }), restore)
    return element

    function back() {
      if (!acts.restore(item)) return
      const next = element.nextElementSibling ?? element.previousElementSibling
      element.remove()
      if (next) next.querySelector("button")?.focus()
      else open.close()
    }
  }

  /** @param {Item} item */
  function linkWords({ fields }) {
    return `${desk.label(desk.get(fields.start))} … ${desk.label(desk.get(fields.end))}`
  }
}

/** @param {import("app/board/context.js").Desk} desk @returns {Promise<Item[] | null>} */
async function fetched(desk) {
  try {
    return (await desk.sync.post?.list("removed.json")) ?? null
  } catch {
    return null
  }
}
