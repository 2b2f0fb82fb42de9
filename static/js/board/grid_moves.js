// Moves of a card in a section of rows: its place there is its place in the order.

/** @typedef {import("./schema.js").Item} Item */
/** @typedef {import("./commands.js").Commands} Commands */

/**
 * Puts a card into a section, after another of its cards; null is first.
 * @param {Commands} commands
 * @param {Item} card
 * @param {string} section
 * @param {string | null} after
 */
export function placeAfter(commands, card, section, after) {
  const cards = commands.context.items.cards(section)
  const at = cards.findIndex((each) => each.id === card.id)
  if (at >= 0 && (cards[at - 1]?.id ?? null) === after) return
  if (at >= 0) return commands.moveAfter(card, after)
  const turn = cards.findIndex((each) => each.id === after) + 2
  const say = commands.movedTo(card, section, turn)
  commands.do({ do: "move_card", id: card.id, section, after }, say, { offer: true })
}

/**
 * Moves a card forwards or backwards in turn, by key.
 * @param {Commands} commands
 * @param {Item} card
 * @param {string} section
 * @param {number} by how many places; no more than there are
 */
export function moveBy(commands, card, section, by) {
  const cards = commands.context.items.cards(section)
  const at = cards.findIndex((each) => each.id === card.id)
  const others = cards.filter((each) => each.id !== card.id)
  const to = Math.min(Math.max(at + by, 0), others.length)
  placeAfter(commands, card, section, others[to - 1]?.id ?? null)
}
