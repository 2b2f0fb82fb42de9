// Controls that the panels share: a text field that many write in, a button.

import { showOthersText } from "app/board/canvas/inline_editor.js"
import { TEXT_LIMITS } from "app/board/schema.js"
import { Field } from "app/board/text/field.js"
import { strandedNote } from "app/board/text/stranded.js"
import { h, setText } from "app/lib/dom.js"

/** @typedef {import("app/board/schema.js").Item} Item */
/** @typedef {import("./panel.js").Tools} Tools */

let count = 0

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
    send: (text, from) => context.boxes.send(box, () => commands.setText(item, field, text, from, token)),
    isSending: () => context.outbox.isSending(item.id),
    isShared: () => context.isShared(item.id),
    takenBack: () => commands.forget(token),
    showOthers: (text) => showOthersText(theirs, text),
  })
  /** @type {import("app/board/text/open_boxes.js").Box} */
  const box = {
    input,
    note: strandedNote(),
    unsent: () => written.unsent,
    from: () => ({ base: written.writing.base, read: { [field]: written.writing.read } }),
    flush: () => written.flush(),
    op: (text) => ({ do: `edit_${item.item}`, id: item.id, [field]: text }),
  }
  input.addEventListener("focus", () => context.boxes.open(box))
  input.addEventListener("blur", () => written.unsent === null && context.boxes.close(box))
  return {
    element: h(
      "div",
      { class: "one" },
      h("label", { for: id, text: label }),
      input,
      box.note,
      joined,
      theirs,
    ),
    input,
    refresh,
    leave,
  }

  /** A box in which somebody types stays open to them, whatever they may do now: see `OpenBoxes`. */
  function refresh() {
    setText(joined, context.joined.get(item.id) ?? "")
    const inUse = written.isWritten || written.unsent !== null
    input.disabled = !context.mayDo(box.op("")) && !inUse
    written.refresh()
  }

  function leave() {
    written.leave()
    context.boxes.close(box)
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
