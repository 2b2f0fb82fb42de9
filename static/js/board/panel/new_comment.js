// A comment that is being typed and not added yet. It stays with its card while other cards are looked at.

import { strandedNote } from "app/board/text/stranded.js"
import { h } from "app/lib/dom.js"

/** @typedef {import("app/board/context.js").BoardContext} BoardContext */
/** @typedef {ReturnType<typeof newComment>} NewComment */

/** By card. @type {Map<string, NewComment>} */
const begun = new Map()

/**
 * The box for a new comment on a card: the one with what was typed before, where there is one.
 * @param {BoardContext} context
 * @param {string} card
 */
export function commentBox(context, card) {
  return begun.get(card) ?? newComment(context, card)
}

/**
 * @param {BoardContext} context
 * @param {string} card
 */
function newComment(context, card) {
  const input = h("textarea", {
    id: `comment-on-${card}`,
    rows: "2",
    maxlength: context.sync.limits.text,
    oninput: typed,
  })
  let id = crypto.randomUUID() // of the comment: a repeat is the same comment
  /** @type {import("app/board/text/open_boxes.js").Box} */
  const box = {
    input,
    note: strandedNote(),
    unsent: () => input.value || null,
    op: (text) => ({ do: "add_comment", id, card, text }),
  }
  const comment = { ...box, input, empty, leave }
  return comment

  function typed() {
    if (!input.value) return forget()
    begun.set(card, comment)
    return context.boxes.open(comment)
  }

  /** After it was added. */
  function empty() {
    input.value = ""
    id = crypto.randomUUID()
    forget()
  }

  /** Its panel closes: words for a card that is gone are under "Not saved" now, and in no box. */
  function leave() {
    if (!context.get(card)) forget()
  }

  function forget() {
    begun.delete(card)
    context.boxes.close(comment)
  }
}
