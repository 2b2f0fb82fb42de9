// The panel of a link: what it says, from which card to which, and how to remove it.

import { h, setText } from "app/lib/dom.js"
import { button, choices, menu } from "./controls.js"

/** @typedef {import("app/board/schema.js").Item} Item */
/** @typedef {import("./panel.js").Tools} Tools */

/**
 * @param {Tools} tools
 * @param {Item} link
 * @returns {import("./panel.js").Side}
 */
export function linkSide(tools, link) {
  const { desk, acts } = tools
  const now = () => desk.get(link.id) ?? link
  const means = menu("What the link says", (value) => acts.setMeaning(now(), value))
  const from = button("", () => tools.go(now().fields.start), "go")
  const to = button("", () => tools.go(now().fields.end), "go")
  const remove = button("Remove", () => acts.remove(now()), "danger")
  const list = h(
    "ul",
    { class: "line" },
    h("li", {}, h("span", { text: "From" }), from),
    h("li", {}, h("span", { text: "To" }), to),
  )
  const title = h("h2", { class: "about", text: "Link" })
  const element = h(
    "div",
    {},
    title,
    means.element,
    h("h3", { text: "Between" }),
    list,
    h("div", { class: "acts" }, remove),
  )
  return { element, refresh, focus: () => means.select.focus() }

  /** @param {Item} item */
  function refresh(item) {
    choices(
      means.select,
      desk.meanings.map((each) => [each.tag, each.word]),
      item.fields.means,
    )
    setText(from, desk.label(desk.get(item.fields.start)))
    setText(to, desk.label(desk.get(item.fields.end)))
    means.select.disabled = !desk.may("edit_link")
    remove.disabled = !desk.may("remove_link")
  }
}
