// Which cards of the board have the words somebody looks for, section by section. The server's twin: core/findable.py.

import { matches, words } from "app/lib/folding.js"

/** @typedef {import("app/board/schema.js").Item} Item */
/** @typedef {{ title: string, cards: Item[] }} Group a section, or what lies outside them all, with what was found in it */

const OUTSIDE = "Outside the sections"

export class Finder {
  /** The folded words of a card or section as it is now: items never change, they are replaced. @type {WeakMap<Item, import("app/lib/folding.js").Word[]>} */
  #words = new WeakMap()

  /** @param {Pick<import("app/board/context.js").BoardContext, "items" | "people" | "kindWord">} context */
  constructor(context) {
    this.context = context
  }

  /**
   * Folds the words of cards ahead, so that the first search of a large board does not stop the page.
   * @param {() => boolean} hasTime asked before each card
   * @returns {boolean} whether all are folded
   */
  prepare(hasTime) {
    return this.context.items.inOrder().every((card) => {
      if (this.#words.has(card)) return true
      return hasTime() && Boolean(this.#of(card))
    })
  }

  /** @param {string[][]} asked @returns {Group[]} those with something in them, in the order of the outline */
  find(asked) {
    const { items } = this.context
    /** @type {Map<string | undefined, import("app/lib/folding.js").Word[][]>} */
    const authors = new Map()
    return [...items.sections, null]
      .map((section) => ({
        title: section ? (section.fields.title ?? "") : OUTSIDE,
        cards: items.cards(section?.id ?? null).filter((card) => this.#has(asked, card, section, authors)),
      }))
      .filter((group) => group.cards.length)
  }

  /**
   * @param {string[][]} asked
   * @param {Item} card
   * @param {Item | null} section
   * @param {Map<string | undefined, import("app/lib/folding.js").Word[][]>} authors
   */
  #has(asked, card, section, authors) {
    const { by, kind = "" } = card.fields
    if (!authors.has(by)) authors.set(by, this.#author(by))
    const texts = [this.#of(card), words(this.context.kindWord(kind)), ...(authors.get(by) ?? [])]
    return matches(asked, section ? [...texts, this.#of(section)] : texts)
  }

  /** @param {string | undefined} id */
  #author(id) {
    const { people } = this.context
    return [people.name(id), people.organisation(id)].map(words)
  }

  /** @param {Item} item */
  #of(item) {
    const known = this.#words.get(item) ?? words(item.fields.text ?? item.fields.title ?? "")
    this.#words.set(item, known)
    return known
  }
}
