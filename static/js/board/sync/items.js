// Items of a board as values: what they are, what hangs on them, copies with other fields.
import { storable } from "app/lib/characters.js"

/** @typedef {import("app/board/schema.js").Item} Item */
/** @typedef {Record<string, any>} Fields */
/** @typedef {{ get(id: string): Item | undefined, values(): Iterable<Item>, cardsOf?: (section: string | null) => Item[] }} Items */
/** @typedef {(id: string, item: Item | null) => void} Put */

/**
 * Sorts by (order, id) as plain strings, as the server does.
 * @param {Item} a
 * @param {Item} b
 */
export function inTurn(a, b) {
  const [one, two] = [a.fields.order ?? "", b.fields.order ?? ""]
  if (one !== two) return one < two ? -1 : 1
  return a.id < b.id ? -1 : a.id > b.id ? 1 : 0
}

/** @param {Item} item @param {Fields} fields @returns {Item} */
export function withFields(item, fields) {
  return { ...item, fields: { ...item.fields, ...fields } }
}

/** Whether everyone sees it; what is not shown is one's own draft or hangs on one. @param {Item} item */
export function isShown(item) {
  return !item.fields.draft
}

/** The mark of a draft, to be spread among its fields. @param {unknown} draft */
export function draftMark(draft) {
  return draft ? { draft: true } : {}
}

/** The same, seen by everyone. @param {Item} item @returns {Item} */
export function published(item) {
  const { draft: _draft, ...fields } = item.fields
  return { ...item, fields }
}

/** Whether `id` names an item of that kind that is here. @param {Items} items @param {string} id @param {string} kind */
export function isHere(items, id, kind) {
  return items.get(id)?.item === kind
}

/** The links and comments of a card. @param {Items} items @param {string} card */
export function hangingOn(items, card) {
  return [...items.values()].filter((item) => endsOf(item).includes(card))
}

/** The cards that an item hangs on: two for a link, one for a comment. @param {Item} item @returns {string[]} */
export function endsOf({ item, fields }) {
  if (item === "link") return [fields.start, fields.end]
  return item === "comment" ? [fields.card] : []
}

/**
 * Fields as they are stored: texts with line ends of one sort, pixels within their bounds. What is not given is left
 * out.
 * @param {Fields} given
 * @param {Record<string, number[]>} [bounds]
 */
export function kept(given, bounds = {}) {
  const fields = Object.entries(given).filter(([, value]) => value !== undefined)
  return Object.fromEntries(fields.map(([name, value]) => [name, keptValue(value, bounds[name])]))
}

/** @param {unknown} value @param {number[] | undefined} bounds */
function keptValue(value, bounds) {
  if (typeof value === "string") return storable(value)
  return bounds && typeof value === "number" ? within(value, bounds) : value
}

/** Kept within its bounds, the least and the most, to a tenth. @param {number} value @param {number[]} bounds */
export function within(value, [least, most]) {
  return round(Math.min(Math.max(value, least), most))
}

/** To a tenth of a pixel, halfway to the even one: the same as the server keeps. @param {number} value */
export function round(value) {
  const halfway = Number.isInteger(value * 4) && !Number.isInteger(value * 2)
  return halfway ? Math.round(value * 5) / 5 : Number(value.toFixed(1))
}
