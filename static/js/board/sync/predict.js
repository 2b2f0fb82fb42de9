// What an op will make of the board, shown until the server has said what it made of it.
// The rules are the server's: tests/boards/op_examples.json holds both to the same examples.
import { draftMark, endsOf, hangingOn, isHere, kept, withFields } from "./items.js"
import { copiedCard, moveCard, newCard, publishCard, removeCard, resizeCard } from "./predict_cards.js"
import { lockSection, moveSection, newSection, removeSection } from "./predict_sections.js"

/** @typedef {import("app/board/schema.js").Item} Item */
/** @typedef {Record<string, any>} Fields */
/** @typedef {import("app/board/schema.js").AnyOp} Op */
/** @typedef {import("./items.js").Items} Items */
/** @typedef {import("./items.js").Put} Put */
/** @typedef {{ id: string, at: number }} Me */

/** The fields of what is added; null where it cannot be. @type {Record<string, (items: Items, op: any) => Fields | null>} */
const NEW = {
  add_card: newCard,
  duplicate_card: copiedCard,
  add_section: newSection,
  add_link: newLink,
  add_comment: newComment,
}

/** @type {Record<string, (items: Items, op: any, item: Item, put: Put, me: Me) => void>} */
const CHANGE = {
  edit_card: editCard,
  move_card: moveCard,
  resize_card: resizeCard,
  publish_card: publishCard,
  remove_card: removeCard,
  edit_section: edit,
  move_section: moveSection,
  remove_section: removeSection,
  lock_section: lockSection,
  edit_link: editLink,
  remove_link: remove,
  edit_comment: edit,
  remove_comment: remove,
}

/**
 * Calls `put` for each item that `op` changes; for null it is gone. What cannot be foreseen changes nothing, such as
 * bringing back: only the server still has what was removed.
 * @param {Items} items
 * @param {Op} op
 * @param {Me} me
 * @param {Put} put
 */
export function predict(items, op, me, put) {
  const kind = op.do.slice(op.do.indexOf("_") + 1)
  const item = items.get(op.id)
  if (item?.item === kind) return CHANGE[op.do]?.(items, op, item, put, me)
  const fields = item ? null : NEW[op.do]?.(items, op)
  if (fields) put(op.id, { id: op.id, item: kind, seq: 0, fields: { ...fields, by: me.id, at: me.at } })
  return undefined
}

/** @param {Items} items @param {import("app/board/schema.js").AddLink} op */
function newLink(items, { start, end, means }) {
  const ends = [start, end]
  if (start === end || !ends.every((id) => isHere(items, id, "card"))) return null
  if (isLinked(items, start, end, means)) return null
  return { start, end, means, ...draftMark(ends.some((id) => items.get(id)?.fields.draft)) }
}

/** @param {Items} items @param {import("app/board/schema.js").AddComment} op */
function newComment(items, { card, text }) {
  if (!isHere(items, card, "card")) return null
  return { card, ...kept({ text }), ...draftMark(items.get(card)?.fields.draft) }
}

/** @param {Items} _ @param {Op} op @param {Item} item @param {Put} put */
function edit(_, { do: _do, id, ...given }, item, put) {
  put(id, withFields(item, kept(given)))
}

/** Whoever rewords another's card is named on it (T9). @param {Items} _ @param {Op} op @param {Item} item @param {Put} put @param {Me} me */
function editCard(_, { do: _do, id, ...given }, item, put, me) {
  const { reworded, ...fields } = item.fields
  const changes = given.text !== undefined && given.text !== fields.text
  const by = changes ? fields.by !== me.id && !fields.draft && me.id : reworded
  put(id, withFields({ ...item, fields }, { ...kept(given), ...(by ? { reworded: by } : {}) }))
}

/** @param {Items} items @param {import("app/board/schema.js").EditLink} op @param {Item} link @param {Put} put */
function editLink(items, { id, means }, link, put) {
  const [start, end] = endsOf(link)
  if (!isLinked(items, start, end, means)) put(id, withFields(link, { means }))
}

/** @param {Items} _ @param {Op} op @param {Item} __ @param {Put} put */
function remove(_, op, __, put) {
  put(op.id, null)
}

/** @param {Items} items @param {string} start @param {string} end @param {string} means */
function isLinked(items, start, end, means) {
  return hangingOn(items, start).some(({ fields }) => fields.end === end && fields.means === means)
}
