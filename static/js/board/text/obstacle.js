// Why words cannot be saved where they are typed, in a sentence. Pure.

/** @typedef {import("app/board/context.js").BoardContext} BoardContext */
/** @typedef {import("app/board/schema.js").AnyOp} AnyOp */

/** Why this page no longer reaches the board. @type {Record<string, string>} */
export const ENDED = {
  "signed-out": "You are signed out",
  "somebody-else": "Somebody else is signed in here now",
  "not-a-member": "You no longer belong to this space",
  gone: "You can no longer open this board",
  reload: "This page is too old",
}

/**
 * What keeps an op from being done to the board as it is now; null where nothing does.
 * @param {Pick<BoardContext, "may" | "mayDo" | "get" | "sync">} context
 * @param {AnyOp} op
 * @returns {string | null}
 */
export function obstacle(context, op) {
  if (!context.may(op.do)) {
    if (op.do.endsWith("_section") && context.may("add_card")) return LOCKED
    return context.sync.you?.role === "observer"
      ? "You can read this board now, but not change it."
      : "This board is archived now. It can be read, but not changed."
  }
  const [verb, item] = op.do.split("_")
  if (verb === "edit" && !context.get(op.id)) return `This ${item} is no longer on the board.`
  if (op.card && !context.get(op.card)) return "The card is no longer on the board."
  if (op.section && !context.get(op.section)) return "The section is no longer on the board."
  return context.mayDo(op) ? null : LOCKED
}

const LOCKED = "This section is locked now. Those who set up the board can change it."

/** What to know of words whose board this page no longer reaches. @param {string | undefined} why @param {boolean} stored */
export function ending(why, stored) {
  if (!why) return null
  return `${ENDED[why] ?? "Not connected"}. What you typed here is ${stored ? "stored on this device only" : "not saved"}.`
}
