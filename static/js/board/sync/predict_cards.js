// What ops on a card will make of the board, as app/boards/core/cards.py decides.
import { draftMark, endsOf, hangingOn, isHere, isShown, published, tidy, withFields } from "./items.js"
import { cardsOf, counted, keyFor, keyLast } from "./order.js"
import { frame, freePlace, ROOM, within } from "./places.js"

/** @typedef {import("./protocol.js").Item} Item */
/** @typedef {import("./protocol.js").Op} Op */
/** @typedef {import("./items.js").Items} Items */
/** @typedef {import("./items.js").Put} Put */

/** The fields of a new card; null where its section is not here. @param {Items} items @param {Op} op */
export function newCard(items, op) {
  const section = op.section || null
  if (section && !isHere(items, section, "section")) return null
  const chosen = op.x !== undefined || op.y !== undefined
  const place = chosen ? frame({ x: op.x ?? 0, y: op.y ?? 0 }) : freePlace(items, section)
  const order = keyLast(counted(cardsOf(items, section), Boolean(op.draft)))
  return { kind: op.kind, text: tidy(op.text), section, ...place, w: ROOM.w, order, ...draftMark(op.draft) }
}

/** @param {Items} items @param {Op} op @param {Item} card @param {Put} put */
export function moveCard(items, op, card, put) {
  const from = card.fields.section ?? null
  const section = op.section === undefined ? from : op.section || null
  if (section && !isHere(items, section, "section")) return
  const entering = section !== from
  const order = keyFor(cardsOf(items, section), card, op.after, entering)
  if (order === null) return
  const { x, y } = op
  const chosen = x !== undefined || y !== undefined
  const place = chosen ? frame({ x, y }) : entering ? freePlace(items, section) : {}
  put(op.id, withFields(card, { section, order, ...place }))
}

/** @param {Items} _ @param {Op} op @param {Item} card @param {Put} put */
export function resizeCard(_, op, card, put) {
  put(op.id, withFields(card, { w: within(op.w, 140, 640) }))
}

/**
 * Everyone sees it from now on, last in its section, and what hangs on it unless another draft hides that.
 * @param {Items} items
 * @param {Op} op
 * @param {Item} card
 * @param {Put} put
 */
export function publishCard(items, op, card, put) {
  if (isShown(card)) return
  const order = keyLast(counted(cardsOf(items, card.fields.section ?? null), false))
  const drafts = (/** @type {Item} */ item) =>
    endsOf(item).filter((end) => end !== op.id && items.get(end)?.fields.draft)
  for (const item of hangingOn(items, op.id)) if (!drafts(item).length) put(item.id, published(item))
  put(op.id, published(withFields(card, { order })))
}

/** What hangs on it goes with it. @param {Items} items @param {Op} op @param {Item} _ @param {Put} put */
export function removeCard(items, op, _, put) {
  for (const { id } of hangingOn(items, op.id)) put(id, null)
  put(op.id, null)
}
