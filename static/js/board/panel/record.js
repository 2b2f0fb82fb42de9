// In the panel of a card: the record that it stands for, with the way to it, or the way to keep the card as one.

import { faceOf, recordOf } from "app/board/canvas/draw_live_status.js"
import { h, setText } from "app/lib/dom.js"

/** @typedef {import("app/board/schema.js").Item} Item */

const MEMBERS = new Set(["member", "steward"])

/** @param {import("app/board/context.js").BoardContext} context */
export function recordLink(context) {
  const title = h("p", { class: "text", dir: "auto" })
  const status = h("p", {})
  const record = h("a", {})
  const page = h("a", {})
  const element = h(
    "div",
    { class: "kept" },
    h("h3", { text: "Kept" }),
    title,
    status,
    h("p", { class: "ways" }, record, page),
  )
  return { element, refresh }

  /** @param {Item} item */
  function refresh(item) {
    const shown = recordOf(item)
    const space = context.about.space
    const hasWords = !item.fields.draft && !item.fields.taken_out
    const keeps = Boolean(
      (shown || (hasWords && !isNotKept(context, item))) && !faceOf(item) && mayKeep(context),
    )
    element.hidden = !shown && !keeps
    title.hidden = status.hidden = record.hidden = !shown
    setText(title, shown?.title ?? "")
    setText(status, [shown?.word, shown?.date].filter(Boolean).join(". "))
    record.href = `/spaces/${space}/records/${shown?.record}`
    setText(record, `Open the ${(shown?.kind ?? "record").toLowerCase()}`)
    page.hidden = !keeps
    page.href = `/spaces/${space}/records/cards/${context.about.id}/${item.id}?view=canvas`
    setText(page, shown ? "Disconnect this card" : "Keep this card")
  }
}

/**
 * Whether a note was written under the promise that it is not kept: it goes when the workshop ends.
 * @param {import("app/board/context.js").BoardContext} context
 * @param {Item} item
 */
export function isNotKept(context, item) {
  return context.get(item.fields.phase)?.fields.kept === false
}

/** Whether whoever is here may keep cards as records. @param {import("app/board/context.js").BoardContext} context */
export function mayKeep(context) {
  const { space, archived } = context.about
  return Boolean(space) && !archived && MEMBERS.has(context.sync.you?.role ?? "")
}
