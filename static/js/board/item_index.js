// Indexes of the items: cards in the order of the outline, links and comments by card. Built again when items change.
import { inTurn } from "app/board/sync/order.js"
import { DEFAULTS } from "./schema.js"

/** @typedef {import("app/board/schema.js").Item} Item */

export class ItemIndex {
  /** @type {Item[]} */
  sections = []
  /** Links with both of their cards here. @type {Item[]} */
  fullLinks = []
  /** @type {Map<string | null, Item[]>} */
  #cards = new Map()
  /** @type {Item[]} */
  #unknown = []
  /** @type {Item[] | null} */
  #order = null
  /** @type {Map<string, Item[]>} */
  #links = new Map()
  /** @type {Map<string, Item[]>} */
  #comments = new Map()

  /** @param {ReadonlyMap<string, Item>} view */
  constructor(view) {
    this.view = view
    this.refresh()
  }

  refresh() {
    const all = [...this.view.values()]
    this.sections = all.filter((item) => item.item === "section").sort(inTurn)
    const known = new Set(this.sections.map((section) => section.id))
    this.#cards = groupBy(all.filter(isCard).sort(inTurn), (card) => {
      const { section = null } = card.fields
      return known.has(section) ? section : null
    })
    this.#links = new Map()
    this.#unknown = all.filter((item) => !KNOWN.has(item.item) && "x" in item.fields)
    this.fullLinks = []
    this.#order = null
    for (const link of all) if (link.item === "link") this.#addLink(link)
    this.#comments = groupBy(
      all.filter((item) => item.item === "comment"),
      (comment) => comment.fields.card,
    )
  }

  /** The cards of a section, or of none. @param {string | null} section @returns {Item[]} */
  cards(section) {
    return this.#cards.get(section) ?? []
  }

  /** All cards in the order of the outline. @returns {Item[]} */
  inOrder() {
    this.#order ??= [...this.sections.map((section) => section.id), null].flatMap((id) => this.cards(id))
    return this.#order
  }

  /** The links of a card whose other card is here too. @param {string} card @returns {Item[]} */
  links(card) {
    return this.#links.get(card) ?? []
  }

  /** @param {string} card @returns {Item[]} */
  comments(card) {
    return (this.#comments.get(card) ?? []).toSorted((a, b) => a.fields.at - b.fields.at || inTurn(a, b))
  }

  /** @param {string} card */
  countComments(card) {
    return this.#comments.get(card)?.length ?? 0
  }

  /** The section that a card lies in, if it is here. @param {Item} card */
  sectionOf(card) {
    return this.view.get(card.fields.section ?? "")
  }

  /** Items of a kind that this version does not know: shown as plain boxes where they have a place. @returns {Item[]} */
  unknown() {
    return this.#unknown
  }

  /** @param {Item} link */
  #addLink(link) {
    const { start, end } = link.fields
    if (!this.view.has(start) || !this.view.has(end)) return
    this.fullLinks.push(link)
    for (const card of [start, end]) this.#links.set(card, [...(this.#links.get(card) ?? []), link])
  }
}

const KNOWN = new Set(Object.keys(DEFAULTS))

/**
 * @template K
 * @param {Item[]} items
 * @param {(item: Item) => K} key
 * @returns {Map<K, Item[]>}
 */
function groupBy(items, key) {
  const groups = new Map()
  for (const item of items) {
    const group = groups.get(key(item))
    if (group) group.push(item)
    else groups.set(key(item), [item])
  }
  return groups
}

/** @param {Item} item */
function isCard(item) {
  return item.item === "card"
}
