// In the panel of an outcome card: how it stands with its goal, and the ways to the goal and to its page.

import { faceOf } from "app/board/canvas/draw_face.js"
import { FACED } from "app/board/schema.js"
import { h, setText } from "app/lib/dom.js"

/** @typedef {import("app/board/schema.js").Item} Item */

const MEMBERS = new Set(["member", "steward"])

/** @param {import("app/board/context.js").Desk} desk */
export function goalLink(desk) {
  const said = h("p", {})
  const goal = h("a", { text: "Open the goal" })
  const page = h("a", {})
  const element = h(
    "div",
    { class: "goal" },
    h("h3", { text: "Goal" }),
    said,
    h("p", { class: "ways" }, goal, page),
  )
  return { element, refresh }

  /** @param {Item} item */
  function refresh(item) {
    const face = faceOf(item)
    const space = desk.about.space
    const ties = Boolean(item.fields.kind === FACED && !item.fields.draft && space && mayTie())
    element.hidden = !face && !ties
    said.hidden = !face
    setText(said, face ? [face.word, face.value].filter(Boolean).join(", latest ") : "")
    goal.hidden = !face || !space
    goal.href = `/spaces/${space}/outcomes/goals/${face?.goal}`
    page.hidden = !ties
    page.href = `/spaces/${space}/outcomes/cards/${desk.about.id}/${item.id}?view=canvas`
    setText(page, face ? "Choose another goal" : "Make this a goal, or connect it to one")
  }

  function mayTie() {
    return !desk.about.archived && MEMBERS.has(desk.sync.you?.role ?? "")
  }
}
