// Turns: who comes after whom among sections and among the cards of a section.
import { generateKeyBetween } from "fractional-indexing"

/** @typedef {import("app/board/schema.js").Item} Item */

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

/**
 * A key for a place in a sorted list: after the item `after`, first where it is null, last where undefined.
 * @param {Item[]} list
 * @param {string | null | undefined} after
 */
export function keyFor(list, after) {
  const at =
    after === undefined ? list.length : after === null ? 0 : list.findIndex((i) => i.id === after) + 1
  const low = list[at - 1]?.fields.order ?? null
  const high = list[at]?.fields.order ?? null
  try {
    return generateKeyBetween(low, high)
  } catch {
    return `${low ?? ""}V` // twins or a foreign key: only a guess until the server has answered
  }
}
