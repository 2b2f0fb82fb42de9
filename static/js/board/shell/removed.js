// What was removed and can be brought back.

import { SelectionCommands } from "app/board/selection_commands.js"
import { h } from "app/lib/dom.js"
import { moment, shorten } from "app/lib/words.js"
import { dialog } from "./dialog.js"

/** `removed`: who removed it, and when in unix seconds. @typedef {import("app/board/schema.js").Item & { removed?: [string, number] | null }} Item */

/**
 * @param {import("app/board/context.js").BoardContext} context
 * @param {import("app/board/commands.js").Commands} commands
 */
export async function removedItems(context, commands) {
  const list = h("ul", {})
  const open = dialog(
    "Removed items",
    h("p", {
      text: "Removed items can be restored to where they were for 30 days. After that they are deleted.",
    }),
    ...(context.may("take_back")
      ? [h("p", {}, h("a", { href: "put-back", text: "Put back what somebody did" }))]
      : []),
    list,
  )
  const items = await fetched(context)
  if (!open.isConnected) return
  if (!items) list.append(h("li", { text: "This list needs a connection. Try again when you are online." }))
  else if (!items.length) list.append(h("li", { text: "There is nothing to restore." }))
  else list.append(...groups(items).flatMap((group) => [...heading(group), ...group.map(row)]))

  /** Who removed these within a minute, and a button that restores them all. @param {Item[]} group */
  function heading(group) {
    if (group.length < 2) return []
    const [by, at] = group[0].removed ?? ["", 0]
    const time = moment(at)
    const all = h("button", { type: "button", text: `Restore all ${group.length}`, onclick: back })
    const words = at ? `Removed by ${context.people.name(by)}, ${time}` : "Removed"
    return [h("li", { class: "removed-together" }, h("strong", { text: words }), all)]

    function back() {
      if (new SelectionCommands(context, commands).restore(group)) open.close()
    }
  }

  /** @param {Item} item */
  function row(item) {
    const restore = h("button", { type: "button", text: "Restore", onclick: back })
    const words = shorten(item.fields.text ?? item.fields.title ?? linkWords(item), 120)
    const kind =
      item.item === "card"
        ? context.kindWord(item.fields.kind)
        : item.item[0].toUpperCase() + item.item.slice(1)
    const element = h(
      "li",
      {},
      h("strong", { text: kind }),
      h("p", { class: "words", dir: "auto", text: words }),
      restore,
    )
    return element

    function back() {
      if (!commands.restore(item)) return
      const next = element.nextElementSibling ?? element.previousElementSibling
      element.remove()
      if (next) next.querySelector("button")?.focus()
      else open.close()
    }
  }

  /** @param {Item} item */
  function linkWords({ fields }) {
    return `${context.label(context.get(fields.start))} … ${context.label(context.get(fields.end))}`
  }
}

/** @param {import("app/board/context.js").BoardContext} context @returns {Promise<Item[] | null>} */
async function fetched(context) {
  try {
    return (await context.sync.http?.list("removed.json")) ?? null
  } catch {
    return null
  }
}

/** Items by who removed them in which minute, in the order they came in. @param {Item[]} items @returns {Item[][]} */
function groups(items) {
  /** @type {Map<string, Item[]>} */
  const found = new Map()
  for (const item of items) {
    const [by, at] = item.removed ?? ["", 0]
    const key = `${by} ${Math.floor(at / 60)}`
    found.set(key, [...(found.get(key) ?? []), item])
  }
  return [...found.values()]
}
