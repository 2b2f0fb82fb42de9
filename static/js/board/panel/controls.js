// Controls that the panels share: a select with its label, a text field that many write in, a button.

import { showOthersText } from "app/board/canvas/inline_editor.js"
import { TEXT_LIMITS } from "app/board/schema.js"
import { Field } from "app/board/text/field.js"
import { h, setText } from "app/lib/dom.js"

/** @typedef {import("app/board/schema.js").Item} Item */
/** @typedef {import("./panel.js").Tools} Tools */

let count = 0

/**
 * @param {string} label
 * @param {(value: string) => void} chosen
 */
export function menu(label, chosen) {
  const id = `control-${++count}`
  const select = h("select", { id, onchange: () => chosen(select.value) })
  return { element: h("div", { class: "one" }, h("label", { for: id, text: label }), select), select }
}

/**
 * Sets the choices of a menu, and which is chosen. Changes nothing where nothing differs, so that an open menu stays.
 * @param {HTMLSelectElement} select
 * @param {[string, string][]} choices value and words
 * @param {string} value
 */
export function setChoices(select, choices, value) {
  const signature = JSON.stringify(choices)
  if (select.dataset.choices !== signature) {
    select.dataset.choices = signature
    select.replaceChildren(
      ...choices.map(([each, textField]) => h("option", { value: each, text: textField })),
    )
  }
  if (select.value !== value) select.value = value
}

/**
 * A text field for a field of an item, which many may write in.
 * @param {Tools} tools
 * @param {Item} item
 * @param {keyof typeof TEXT_LIMITS} field
 * @param {string} label
 * @param {{ blank?: boolean, look?: string }} [how]
 */
export function textField({ context, commands }, item, field, label, { blank, look } = {}) {
  const id = `control-${++count}`
  const token = `panel ${count}`
  const input = h("textarea", {
    id,
    rows: look === "title" ? "1" : "3",
    class: look,
    maxlength: { ...TEXT_LIMITS, text: context.sync.limits.text }[field],
  })
  const theirs = h("p", { class: "beside", role: "note" })
  const joined = h("p", { class: "joined", role: "note" })
  const written = new Field(input, {
    blank,
    now: () => {
      const now = context.get(item.id)
      return now ? { text: now.fields[field] ?? "", seq: now.seq } : null
    },
    send: (text, from) => commands.setText(item, field, text, from, token),
    isSending: () => context.outbox.isSending(item.id),
    isShared: () => context.isShared(item.id),
    showOthers: (text) => showOthersText(theirs, text),
  })
  return {
    element: h("div", { class: "one" }, h("label", { for: id, text: label }), input, joined, theirs),
    input,
    written,
    refresh,
  }

  function refresh() {
    setText(joined, context.joined.get(item.id) ?? "")
    input.disabled = !context.may(`edit_${item.item}`)
    written.refresh()
  }
}

/**
 * @param {string} text
 * @param {() => void} onclick
 * @param {string} [look]
 */
export function button(text, onclick, look = "") {
  return h("button", { type: "button", class: look, text, onclick })
}
