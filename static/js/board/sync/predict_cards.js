// What ops on a card will make of the board, as app/boards/core/cards.py decides.
import { CARD, CARD_BOUNDS, DEFAULTS } from "app/board/schema.js"
import { isPrivateNow } from "./answers.js"
import { draftMark, endsOf, hangingOn, isHere, isShown, kept, published, withFields } from "./items.js"
import { cardsOf, counted, keyFor, keyLast } from "./order.js"
import { freePlace } from "./places.js"

/** @typedef {import("app/board/schema.js").Item} Item */
/** @typedef {import("app/board/schema.js").AnyOp} Op */
/** @typedef {import("./items.js").Items} Items */
/** @typedef {import("./items.js").Put} Put */

/** The fields of a new card; null where its section is not here. @param {Items} items @param {Op} op */
export function newCard(items, op) {
  const section = op.section || null
  if (section && !isHere(items, section, "section")) return null
  const { do: _do, id: _id, draft: alone, phase, paper, ...given } = op
  const answers = { ...(phase && { phase }), ...(paper && { paper }) }
  const draft = alone || isPrivateNow(items.get(phase ?? ""))
  const chosen = given.x !== undefined || given.y !== undefined
  const place = chosen ? { x: 0, y: 0 } : freePlace(items, section)
  const fields = kept({ ...DEFAULTS.card, ...place, ...given, section }, CARD_BOUNDS)
  const order = keyLast(counted(cardsOf(items, section), Boolean(draft)))
  return { ...fields, ...answers, w: CARD.w, order, ...draftMark(draft) }
}

/** The fields of a copy; null where the card is not here. @param {Items} items @param {Op} op */
export function copiedCard(items, op) {
  const card = items.get(op.card ?? "")
  if (card?.item !== "card") return null
  const { kind, text, section = null, w } = card.fields
  const draft = Boolean(op.draft || card.fields.draft)
  const fields = newCard(items, { do: "add_card", id: op.id, kind, text, section, draft })
  const copy = { id: op.id, item: "card", seq: 0, fields: { ...fields } }
  return fields && { ...fields, w, order: keyFor(cardsOf(items, section), copy, card.id) }
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
  const place = chosen ? kept({ x, y }, CARD_BOUNDS) : entering ? freePlace(items, section) : {}
  put(op.id, withFields(card, { section, order, ...place }))
}

/** @param {Items} _ @param {Op} op @param {Item} card @param {Put} put */
export function resizeCard(_, op, card, put) {
  put(op.id, withFields(card, kept({ w: op.w }, CARD_BOUNDS)))
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
