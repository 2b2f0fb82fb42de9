// What to do to many items at once, as the parts of a batch. Pure; `inBatches` makes ops of them.
//
// No part depends on another one's item, so that what is gone meanwhile takes nothing else with it.
import { round } from "./items.js"
import { cardsOf, sectionsOf } from "./order.js"

/** @typedef {import("app/board/schema.js").Item} Item */
/** @typedef {import("app/board/schema.js").AnyOp} AnyOp */
/** @typedef {import("./items.js").Items} Items */
/** @typedef {{ kind: string, text: string, section?: string | null, draft?: boolean, x?: number, y?: number }} NewCard */

const RESTORED = ["section", "card", "link", "comment"] // what others hang on comes first

/** The cards among `ids`, in the order of the outline. @param {Items} items @param {Iterable<string>} ids @returns {Item[]} */
export function inOutline(items, ids) {
  const wanted = new Set(ids)
  const sections = [...sectionsOf(items).map(({ id }) => id), null]
  return sections.flatMap((id) => cardsOf(items, id)).filter(({ id }) => wanted.has(id))
}

/** The cards of one person, drafts too. @param {Items} items @param {string} person @returns {string[]} */
export function cardsBy(items, person) {
  const own = [...items.values()].filter(({ item, fields }) => item === "card" && fields.by === person)
  return inOutline(
    items,
    own.map(({ id }) => id),
  ).map(({ id }) => id)
}

/**
 * Cards to a section (null: outside all), in the turn they have among themselves: last, or after another card there
 * (null: first).
 * @param {Items} items
 * @param {Iterable<string>} ids
 * @param {string | null} section
 * @param {string | null} [after]
 * @returns {AnyOp[]}
 */
export function moveTo(items, ids, section, after) {
  const cards = inOutline(items, ids)
  if (after !== undefined && isInTurn(cardsOf(items, section), cards, after)) return []
  if (after !== undefined) return cards.reverse().map(({ id }) => ({ do: "move_card", id, section, after }))
  const moving = new Set(cards.map(({ id }) => id))
  const last = cardsOf(items, section).findLast(({ id }) => !moving.has(id))?.id ?? null
  const inside = cards.filter(({ fields }) => (fields.section ?? null) === section)
  const entering = cards.filter((card) => !inside.includes(card))
  return [
    ...inside.reverse().map(({ id }) => ({ do: "move_card", id, after: last })),
    ...entering.map(({ id }) => ({ do: "move_card", id, section })),
  ]
}

/**
 * Cards to places in a section (null: outside all), from its corner. Those that are there already stay in their turn.
 * @param {Items} items
 * @param {{ id: string, x: number, y: number, section?: string | null }[]} places without a section, the card stays in its own
 * @returns {AnyOp[]}
 */
export function place(items, places) {
  return places.flatMap(({ id, x, y, section }) => {
    const card = items.get(id)
    if (card?.item !== "card") return []
    const entering = section !== undefined && section !== (card.fields.section ?? null)
    return [{ do: "move_card", id, x: round(x), y: round(y), ...(entering ? { section } : {}) }]
  })
}

/** @param {Items} items @param {Iterable<string>} ids @param {string} kind @returns {AnyOp[]} */
export function setKind(items, ids, kind) {
  const others = inOutline(items, ids).filter(({ fields }) => fields.kind !== kind)
  return others.map(({ id }) => ({ do: "edit_card", id, kind }))
}

/** Items of any sort; what hangs on a card goes with it. @param {Items} items @param {Iterable<string>} ids @returns {AnyOp[]} */
export function remove(items, ids) {
  return [...ids].flatMap((id) => {
    const item = items.get(id)
    return item ? [{ do: `remove_${item.item}`, id }] : []
  })
}

/**
 * A copy of each card right after it.
 * @param {Items} items
 * @param {Iterable<string>} ids
 * @param {{ draft?: boolean, newId?: () => string }} [how]
 * @returns {AnyOp[]}
 */
export function duplicate(items, ids, { draft = false, newId = randomId } = {}) {
  const cards = inOutline(items, ids)
  return cards.map(({ id }) => ({
    do: "duplicate_card",
    id: newId(),
    card: id,
    ...(draft ? { draft } : {}),
  }))
}

/** New cards in turn, as from pasted rows. @param {NewCard[]} cards @param {() => string} [newId] @returns {AnyOp[]} */
export function addCards(cards, newId = randomId) {
  return cards.map((card) => ({ do: "add_card", id: newId(), ...card }))
}

/** Removed items back on the board, sections before their cards. @param {{ id: string, item: string }[]} removed @returns {AnyOp[]} */
export function restore(removed) {
  const rank = (/** @type {{ item: string }} */ { item }) => RESTORED.indexOf(item)
  return removed.toSorted((a, b) => rank(a) - rank(b)).map(({ id, item }) => ({ do: `restore_${item}`, id }))
}

/** Whether the cards of a section stand already one behind the other after one of them. @param {Item[]} all @param {Item[]} cards @param {string | null} after */
function isInTurn(all, cards, after) {
  const at = all.findIndex(({ id }) => id === after) + 1
  return cards.every((card, i) => all[at + i]?.id === card.id)
}

function randomId() {
  return crypto.randomUUID()
}
