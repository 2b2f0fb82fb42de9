// The comments on a card: read, add, change and remove one's own.

import { setLinked } from "app/lib/addresses.js"
import { arrange, h, setText } from "app/lib/dom.js"
import { button, textField } from "./controls.js"
import { commentBox } from "./new_comment.js"

/** @typedef {import("app/board/schema.js").Item} Item */
/** @typedef {import("./panel.js").Tools} Tools */

/**
 * @param {Tools} tools
 * @param {Item} card
 */
export function thread(tools, card) {
  const { context, commands } = tools
  /** @type {Map<string, HTMLElement>} */
  const rows = new Map()
  const title = h("h3")
  const list = h("ul", { class: "thread" })
  const fresh = commentBox(context, card.id)
  const { input } = fresh
  /** The fields in which comments are being changed, by comment. @type {Map<string, ReturnType<typeof textField>>} */
  const edits = new Map()
  const send = button("Add comment", add)
  const form = h(
    "div",
    { class: "one" },
    h("label", { for: input.id, text: "Add a comment" }),
    input,
    fresh.note,
    h("div", { class: "acts" }, send),
  )
  input.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) add()
  })
  return { element: h("div", {}, title, list, form), refresh, input, leave }

  function refresh() {
    const comments = context.items.comments(card.id)
    setText(title, comments.length ? `Comments (${comments.length})` : "Comments")
    for (const comment of comments) row(comment)
    for (const [each, made] of rows)
      if (!comments.some((comment) => comment.id === each) && !context.boxes.inUse(made)) rows.delete(each)
    const shown = new Set([...comments.map((comment) => comment.id), ...rows.keys()])
    arrange(
      list,
      [...shown].flatMap((id) => rows.get(id) ?? []),
    )
    for (const field of edits.values()) field.refresh()
    form.hidden = !context.may("add_comment") && !context.boxes.inUse(form)
  }

  /** @param {Item} comment */
  function row(comment) {
    const made = rows.get(comment.id) ?? make(comment)
    rows.set(comment.id, made)
    const [by, text] = made.children
    const organisation = context.people.organisation(comment.fields.by)
    setText(by, `${context.people.name(comment.fields.by)}${organisation ? `, ${organisation}` : ""}`)
    setLinked(text, comment.fields.text)
    return made
  }

  /** @param {Item} comment */
  function make(comment) {
    const own = comment.fields.by === context.about.me && context.may("edit_comment")
    const text = h("p", { dir: "auto" })
    const made = h("li", {}, h("span", { class: "by", dir: "auto" }), text)
    if (own)
      made.append(
        button("Edit", () => change(made, text, comment), "small"),
        button("Remove", () => remove(comment), "small"),
      )
    return made
  }

  /** @param {HTMLElement} made @param {HTMLElement} text @param {Item} comment */
  function change(made, text, comment) {
    if (made.querySelector("textarea")) return
    const field = textField(tools, comment, "text", "Edit your comment")
    edits.set(comment.id, field)
    const done = button("Close", () => {
      field.leave()
      edits.delete(comment.id)
      field.element.remove()
      text.hidden = false
      made.querySelector("button")?.focus()
    })
    field.element.append(h("div", { class: "acts" }, done))
    text.hidden = true
    text.after(field.element)
    field.input.focus()
  }

  /** @param {Item} comment */
  function remove(comment) {
    input.focus()
    commands.remove(comment)
  }

  function add() {
    const text = input.value
    if (text.trim() && context.boxes.send(fresh, () => commands.addComment(fresh.op(text)))) fresh.empty()
    return input.focus()
  }

  function leave() {
    for (const field of edits.values()) field.leave()
    fresh.leave()
  }
}
