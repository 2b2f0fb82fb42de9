// A card's links in words, in both directions, each with a button to go there, and a menu to add one.

import { arrange, h, setText } from "app/lib/dom.js"
import { shorten } from "app/lib/words.js"
import { button } from "./controls.js"
import { Menu } from "./menu.js"

/** @typedef {import("app/board/schema.js").Item} Item */
/** @typedef {import("./panel.js").Tools} Tools */

/**
 * @param {Tools} tools
 * @param {Item} card
 */
export function linkList(tools, card) {
  const { context, commands } = tools
  /** @type {Map<string, HTMLElement>} */
  const rows = new Map()
  const title = h("h3", { text: "Links" })
  const list = h("ul", { class: "line" })
  const means = new Menu("This card")
  const target = new Menu("Which card", (value) => value && add(value))
  const adder = h("details", {}, h("summary", { text: "Add a link" }), means.element, target.element)
  const element = h("div", {}, title, list, adder)
  return { element, refresh, select: { focus: open } }

  function refresh() {
    const links = context.items.links(card.id)
    title.hidden = links.length === 0
    const kept = links.map((link) => row(link))
    for (const id of rows.keys()) if (!links.some((link) => link.id === id)) rows.delete(id)
    arrange(list, kept)
    means.show(
      context.meanings.map((each) => [each.tag, each.word]),
      means.value || context.meanings[0].tag,
    )
    target.show([["", "Choose a card"], ...others()], "")
    adder.hidden = !context.may("add_link")
  }

  /** @param {Item} link */
  function row(link) {
    const made = rows.get(link.id) ?? make(link)
    rows.set(link.id, made)
    const away = link.fields.start === card.id
    const meaning = context.meanings.find((each) => each.tag === link.fields.means)
    const other = context.get(away ? link.fields.end : link.fields.start)
    setText(made.children[0], (away ? meaning?.word : meaning?.back) ?? "Linked with")
    setText(
      made.children[1],
      `${context.kindWord(other?.fields.kind)}: ${shorten(other?.fields.text ?? "", 90)}`,
    )
    return made
  }

  /** @param {Item} link */
  function make(link) {
    const other = link.fields.start === card.id ? link.fields.end : link.fields.start
    const change = button("Edit", () => tools.go(link.id), "small")
    change.setAttribute("aria-label", "Edit this link")
    return h(
      "li",
      {},
      h("span"),
      button("", () => tools.go(other), "go"),
      change,
    )
  }

  /** @returns {[string, string][]} */
  function others() {
    const cards = context.items.inOrder().filter((each) => each.id !== card.id)
    return cards
      .slice(0, 500)
      .map((each) => [
        each.id,
        `${context.kindWord(each.fields.kind)}: ${shorten(each.fields.text ?? "", 50)}`,
      ])
  }

  /** @param {string} other */
  function add(other) {
    commands.addLink(card.id, other, means.value)
    target.select.value = ""
  }

  function open() {
    adder.open = true
    means.select.focus()
  }
}
