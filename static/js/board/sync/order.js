// The order of sections, and of the cards in a section, as app/boards/core/order.py has it.
import { generateKeyBetween } from "fractional-indexing"
import { inTurn, isShown } from "./items.js"

export { inTurn }

/** @typedef {import("app/board/schema.js").Item} Item */
/** @typedef {import("./items.js").Items} Items */

/**
 * The cards of a section (null: of none) in turn, one's own drafts among them.
 * @param {Items} items
 * @param {string | null} section
 */
export function cardsOf(items, section) {
  if (items.cardsOf) return items.cardsOf(section)
  const inside = (/** @type {Item} */ item) =>
    item.item === "card" && (item.fields.section ?? null) === section
  return [...items.values()].filter(inside).sort(inTurn)
}

/** @param {Items} items */
export function sectionsOf(items) {
  return [...items.values()].filter((item) => item.item === "section").sort(inTurn)
}

/**
 * Those of a list that count for the turn of `item`: one's own drafts only where it is a draft as well, or its
 * key would tell others of them.
 * @param {Item[]} list
 * @param {boolean} draft
 */
export function counted(list, draft) {
  return draft ? list : list.filter(isShown)
}

/** A key after all of a sorted list. @param {Item[]} list */
export function keyLast(list) {
  return keyBetween(list.at(-1)?.fields.order ?? null, null)
}

/**
 * The key that `item` gets in a list by the `after` of an op (null is first), and last where it enters the list.
 * Null where what it is to follow is not there.
 * @param {Item[]} list
 * @param {Item} item
 * @param {string | null | undefined} after
 * @param {boolean} [entering]
 * @returns {string | null}
 */
export function keyFor(list, item, after, entering = false) {
  const others = list.filter((each) => each.id !== item.id)
  const among = counted(others, !isShown(item))
  if (after === undefined) return entering ? keyLast(among) : item.fields.order
  const neighbour = others.find((each) => each.id === after)
  return neighbour || after === null ? keyAfter(among, neighbour) : null
}

/**
 * A key right after `neighbour` (none: before all) in a sorted list that need not hold it.
 * @param {Item[]} list
 * @param {Item | undefined} neighbour
 */
function keyAfter(list, neighbour) {
  const before = neighbour && list.findLast((item) => inTurn(item, neighbour) <= 0)
  const low = before?.fields.order ?? null
  const next = list.find((item) => low === null || item.fields.order > low)
  return keyBetween(low, next?.fields.order ?? null)
}

/** @param {string | null} low @param {string | null} high */
export function keyBetween(low, high) {
  try {
    return generateKeyBetween(low, high)
  } catch {
    return `${low ?? ""}V` // a key that no server of ours gave: only a guess until the server has answered
  }
}
