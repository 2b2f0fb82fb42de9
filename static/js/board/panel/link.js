// The panel of a link: what it says, from which card to which, and how to remove it.

import { h, setText } from "app/lib/dom.js"
import { button } from "./controls.js"
import { Menu } from "./menu.js"

/** @typedef {import("app/board/schema.js").Item} Item */
/** @typedef {import("./panel.js").Tools} Tools */

/**
 * @param {Tools} tools
 * @param {Item} link
 * @returns {import("./panel.js").Panel}
 */
export function linkPanel(tools, link) {
  const { context, commands } = tools
  const now = () => context.get(link.id) ?? link
  const means = new Menu("What the link says", (value) => commands.setMeaning(now(), value))
  const from = button("", () => tools.go(now().fields.start), "go")
  const to = button("", () => tools.go(now().fields.end), "go")
  const remove = button("Remove", () => commands.remove(now()), "danger")
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
    means.show(
      context.meanings.map((each) => [each.tag, each.word]),
      item.fields.means,
    )
    setText(from, context.label(context.get(item.fields.start)))
    setText(to, context.label(context.get(item.fields.end)))
    means.select.disabled = !context.may("edit_link")
    remove.disabled = !context.may("remove_link")
  }
}
