// A note below a box whose words cannot be saved: the reason, and a button that copies them.

import { copyButton } from "app/lib/copy_button.js"
import { h, setText } from "app/lib/dom.js"

/**
 * @param {HTMLElement} note
 * @param {string | null} say null where nothing is wrong
 * @param {() => string} words
 */
export function stranded(note, say, words) {
  if (say === null) return note.replaceChildren()
  if (note.firstElementChild) return setText(note.firstElementChild, say)
  const copy = copyButton(words)
  copy.addEventListener("mousedown", (event) => event.preventDefault()) // the box keeps the focus
  return note.append(h("p", { text: say }), copy)
}

/** An empty place for such a note. */
export function strandedNote() {
  return h("div", { class: "stranded", role: "status" })
}
