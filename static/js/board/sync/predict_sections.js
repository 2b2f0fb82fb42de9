// What ops on a section will make of the board, as app/boards/core/sections.py decides.
import { isShown, tidy, withFields } from "./items.js"
import { cardsOf, counted, keyBetween, keyFor, keyLast, sectionsOf } from "./order.js"
import { frame } from "./places.js"

/** @typedef {import("./protocol.js").Item} Item */
/** @typedef {import("./protocol.js").Op} Op */
/** @typedef {import("./items.js").Items} Items */
/** @typedef {import("./items.js").Put} Put */

/** The fields of a new section. @param {Items} items @param {Op} op */
export function newSection(items, op) {
  const { title, prompt = "", example = "", x = 0, y = 0, w = 520, h = 320 } = op
  const texts = { title: tidy(title), prompt: tidy(prompt), example: tidy(example) }
  return { ...texts, ...frame({ x, y, w, h }), order: keyLast(sectionsOf(items)) }
}

/** @param {Items} items @param {Op} op @param {Item} section @param {Put} put */
export function moveSection(items, { id, after, x, y, w, h }, section, put) {
  const order = keyFor(sectionsOf(items), section, after)
  if (order !== null) put(id, withFields(section, { ...frame({ x, y, w, h }), order }))
}

/**
 * The cards of a section that goes stay on the board, where they were to the eye: those that everyone sees come
 * last there in their turn, then one's own drafts.
 * @param {Items} items
 * @param {Op} op
 * @param {Item} section
 * @param {Put} put
 */
export function removeSection(items, op, section, put) {
  const [inside, outside] = [cardsOf(items, op.id), cardsOf(items, null)]
  let key = ""
  for (const draft of [false, true]) {
    const last = counted(outside, draft).at(-1)?.fields.order ?? ""
    if (last > key) key = last
    for (const card of inside.filter((each) => isShown(each) !== draft)) {
      key = keyBetween(key || null, null)
      const [x, y] = [card.fields.x + section.fields.x, card.fields.y + section.fields.y]
      put(card.id, withFields(card, { section: null, x, y, order: key }))
    }
  }
  put(op.id, null)
}
