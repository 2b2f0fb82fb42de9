// What an op will make of the board, shown until the server has said what it made of it.
import { inTurn, keyFor } from "./order.js"

/** @typedef {import("app/board/schema.js").Item} Item */
/** @typedef {import("app/board/schema.js").AnyOp} Op */
/** @typedef {{ get(id: string): Item | undefined, values(): Iterable<Item> }} Items */
/** @typedef {(id: string, item: Item | null) => void} Put */
/** @typedef {{ id: string, at: number }} Me */

const EDITS = /^(edit_|resize_|move_section)/
const NEW = /** @type {const} */ ({ card: cardOf, section: sectionOf, link: linkOf, comment: commentOf })

/**
 * Calls `put` for each item that `op` changes; for null it is gone. A wish that cannot be foreseen changes nothing.
 * @param {Items} items
 * @param {Op} op
 * @param {Me} me
 * @param {Put} put
 */
export function predict(items, op, me, put) {
  const [verb, kind] = split(op.do)
  const item = items.get(op.id)
  if (verb === "add") return item ? undefined : put(op.id, make(items, op, kind, me))
  if (!item) return undefined
  if (op.do === "move_card") return put(op.id, moved(items, item, op))
  if (op.do === "publish_card") return put(op.id, shown(item))
  if (op.do === "remove_section") leaveSection(items, item, put)
  if (verb === "remove") return put(op.id, null)
  if (EDITS.test(op.do)) put(op.id, edited(items, item, op))
  return undefined
}

/** @param {string} tag */
function split(tag) {
  const at = tag.indexOf("_")
  return [tag.slice(0, at), tag.slice(at + 1)]
}

/**
 * @param {Items} items
 * @param {Op} op
 * @param {string} kind
 * @param {Me} me
 * @returns {Item}
 */
function make(items, op, kind, me) {
  const fields = NEW[/** @type {keyof typeof NEW} */ (kind)]?.(items, op) ?? {}
  return { id: op.id, item: kind, seq: 0, fields: { ...fields, by: me.id, at: me.at } }
}

/**
 * @param {Items} items
 * @param {Op} op
 */
function cardOf(items, op) {
  const { kind, text, section = null, x = 0, y = 0, draft } = op
  const fields = { kind, text, section, x, y, w: 200, order: keyFor(cardsOf(items, section), undefined) }
  return draft ? { ...fields, draft: true } : fields
}

/**
 * @param {Items} items
 * @param {Op} op
 */
function sectionOf(items, op) {
  const { title, prompt = "", example = "", x = 0, y = 0, w = 520, h = 320 } = op
  return { title, prompt, example, x, y, w, h, order: keyFor(sectionsOf(items), undefined) }
}

/**
 * @param {Items} _
 * @param {Op} op
 */
function linkOf(_, op) {
  return { start: op.start, end: op.end, means: op.means }
}

/**
 * @param {Items} _
 * @param {Op} op
 */
function commentOf(_, op) {
  return { card: op.card, text: op.text }
}

/**
 * @param {Items} items
 * @param {Item} item
 * @param {Op} op
 */
function edited(items, item, op) {
  const { do: _do, id: _id, after, ...fields } = op
  if (after === undefined) return { ...item, fields: { ...item.fields, ...fields } }
  const others = sectionsOf(items).filter((other) => other.id !== item.id)
  return { ...item, fields: { ...item.fields, ...fields, order: keyFor(others, after) } }
}

/**
 * @param {Items} items
 * @param {Item} item
 * @param {Op} op
 */
function moved(items, item, op) {
  const { do: _do, id: _id, after, ...fields } = op
  const section = fields.section === undefined ? item.fields.section : fields.section
  const entering = section !== item.fields.section
  if (after === undefined && !entering) return { ...item, fields: { ...item.fields, ...fields } }
  const others = cardsOf(items, section).filter((other) => other.id !== item.id)
  return { ...item, fields: { ...item.fields, ...fields, section, order: keyFor(others, after) } }
}

/** @param {Item} item */
function shown(item) {
  const { draft: _draft, ...fields } = item.fields
  return { ...item, fields }
}

/**
 * The cards of a section that goes stay on the board, where they were.
 * @param {Items} items
 * @param {Item} section
 * @param {Put} put
 */
function leaveSection(items, section, put) {
  for (const card of cardsOf(items, section.id)) {
    const [x, y] = [card.fields.x + section.fields.x, card.fields.y + section.fields.y]
    put(card.id, { ...card, fields: { ...card.fields, x, y, section: null } })
  }
}

/**
 * @param {Items} items
 * @param {string | null} section
 */
function cardsOf(items, section) {
  return [...items.values()]
    .filter((i) => i.item === "card" && (i.fields.section ?? null) === section)
    .sort(inTurn)
}

/** @param {Items} items */
function sectionsOf(items) {
  return [...items.values()].filter((i) => i.item === "section").sort(inTurn)
}
