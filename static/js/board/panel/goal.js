// In the panel of an outcome card: the status of its goal, and links to the goal and to the page that ties them.

import { faceOf, recordOf } from "app/board/canvas/draw_live_status.js"
import { isNotKept } from "app/board/panel/record.js"
import { STATUS_KIND } from "app/board/schema.js"
import { h, setText } from "app/lib/dom.js"

/** @typedef {import("app/board/schema.js").Item} Item */

const MEMBERS = new Set(["member", "steward"])

/** @param {import("app/board/context.js").BoardContext} context */
export function goalLink(context) {
  const status = h("p", {})
  const goal = h("a", { text: "Open the goal" })
  const page = h("a", {})
  const element = h(
    "div",
    { class: "goal" },
    h("h3", { text: "Goal" }),
    status,
    h("p", { class: "ways" }, goal, page),
  )
  return { element, refresh }

  /** @param {Item} item */
  function refresh(item) {
    const face = faceOf(item)
    const space = context.about.space
    const isOutcome = item.fields.kind === STATUS_KIND && !recordOf(item)
    const isFree = face || !(item.fields.draft || isNotKept(context, item))
    const ties = Boolean(isOutcome && isFree && space && mayTie())
    element.hidden = !face && !ties
    status.hidden = !face
    setText(status, face ? [face.word, face.value].filter(Boolean).join(", latest ") : "")
    goal.hidden = !face || !space
    goal.href = `/spaces/${space}/outcomes/goals/${face?.goal}`
    page.hidden = !ties
    page.href = `/spaces/${space}/outcomes/cards/${context.about.id}/${item.id}?view=canvas`
    setText(page, face ? "Choose another goal" : "Make this a goal, or connect it to one")
  }

  function mayTie() {
    return !context.about.archived && MEMBERS.has(context.sync.you?.role ?? "")
  }
}
