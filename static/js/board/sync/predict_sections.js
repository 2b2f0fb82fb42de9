// What ops on a section will make of the board, as app/boards/core/sections.py decides.
import { DEFAULTS, SECTION_BOUNDS } from "app/board/schema.js"
import { isShown, kept, withFields } from "./items.js"
import { cardsOf, counted, keyBetween, keyFor, keyLast, sectionsOf } from "./order.js"
import { leftBehind, sectionPlace } from "./places.js"

/** @typedef {import("app/board/schema.js").Item} Item */
/** @typedef {import("app/board/schema.js").AnyOp} Op */
/** @typedef {import("./items.js").Items} Items */
/** @typedef {import("./items.js").Put} Put */

/** The fields of a new section. @param {Items} items @param {Op} op */
export function newSection(items, { do: _do, id: _id, ...given }) {
  const fields = /** @type {Record<string, any>} */ (kept({ ...DEFAULTS.section, ...given }, SECTION_BOUNDS))
  const chosen = given.x !== undefined || given.y !== undefined
  const place = chosen ? { x: 0, y: 0 } : sectionPlace(items, { w: fields.w, h: fields.h })
  return { ...place, ...fields, order: keyLast(sectionsOf(items)) }
}

/** @param {Items} items @param {Op} op @param {Item} section @param {Put} put */
export function moveSection(items, { do: _do, id, after, ...given }, section, put) {
  const order = keyFor(sectionsOf(items), section, after)
  if (order !== null) put(id, withFields(section, { ...kept(given, SECTION_BOUNDS), order }))
}

/**
 * The cards of a section that goes stay on the board: those that everyone sees come last there in their turn, then
 * one's own drafts.
 * @param {Items} items
 * @param {Op} op
 * @param {Item} section
 * @param {Put} put
 */
export function removeSection(items, op, section, put) {
  const [inside, outside] = [cardsOf(items, op.id), cardsOf(items, null)]
  const cards = [...inside.filter(isShown), ...inside.filter((each) => !isShown(each))]
  const places = leftBehind(items, section, cards)
  let key = ""
  for (const draft of [false, true]) {
    const last = counted(outside, draft).at(-1)?.fields.order ?? ""
    if (last > key) key = last
    for (const [i, card] of cards.entries()) {
      if (isShown(card) === draft) continue
      key = keyBetween(key || null, null)
      put(card.id, withFields(card, { section: null, ...places[i], order: key }))
    }
  }
  put(op.id, null)
}
