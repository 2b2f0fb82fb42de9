// Who is here now: initials in a ring of their organisation's colour, and how many more.

import { byId, h } from "app/lib/dom.js"
import { dialog } from "./dialog.js"

const SHOWN = 4

/** @param {import("app/board/context.js").BoardContext} context @param {import("./presence.js").Presence} presence */
export function avatars(context, presence) {
  const list = byId("avatars")
  let last = ""
  context.on("here", draw)
  context.people.on("changed", draw)
  draw()

  function here() {
    const ids = new Set([context.about.me, ...presence.here.keys()])
    return [...ids].flatMap((id) => context.people.get(id) ?? [])
  }

  function draw() {
    const people = here()
    const signature = JSON.stringify(people)
    if (signature === last) return
    last = signature
    const room = matchMedia("(max-width: 43.75rem)").matches ? 2 : SHOWN
    const more = people.length - room
    list.replaceChildren(...people.slice(0, room).map(ring), ...(more > 0 ? [rest(more)] : []))
  }

  /** @param {import("./people.js").Person} person */
  function ring(person) {
    const name = `${person.name}, ${person.organisation}`
    return h(
      "li",
      { class: `org-${person.colour}`, title: name },
      h("span", { "aria-hidden": "true", text: person.initials }),
      h("span", { class: "unseen", dir: "auto", text: name }),
    )
  }

  /** @param {number} more */
  function rest(more) {
    const button = h("button", {
      type: "button",
      text: `+${more}`,
      "aria-label": `${more} more people here`,
      onclick: all,
    })
    return h("li", { class: "more" }, button)
  }

  function all() {
    const rows = here().map((person) =>
      h(
        "li",
        {},
        h("span", {
          class: `org org-${person.colour}`,
          dir: "auto",
          text: `${person.name}, ${person.organisation}`,
        }),
      ),
    )
    dialog("Here now", h("ul", {}, ...rows))
  }
}
