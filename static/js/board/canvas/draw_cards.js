// The elements of the cards in view: each is drawn again only when it has changed; the browser measures its height.
import { drawCard, markCut, newCard } from "./draw_card.js"

/** @typedef {import("app/board/schema.js").Item} Item */

export class Cards {
  /** @type {Map<string, HTMLElement>} */
  elements = new Map()
  /** What each element shows now. @type {WeakMap<HTMLElement, Item>} */
  #shown = new WeakMap()
  #sizes = new ResizeObserver((entries) => this.#measured(entries))

  /**
   * @param {import("app/board/context.js").BoardContext} context
   * @param {import("./layout.js").Layout} layout
   * @param {() => void} measured called when the height of any has changed
   */
  constructor(context, layout, measured) {
    this.context = context
    this.layout = layout
    this.measured = measured
  }

  /** Has every card drawn again the next time. */
  invalidate() {
    this.#shown = new WeakMap()
  }

  /** What is selected or has the focus is drawn even out of view. @param {Item} card */
  isHeld(card) {
    return this.context.isSelected(card.id) || this.elements.get(card.id)?.contains(document.activeElement)
  }

  /**
   * The element of a card as it is now.
   * @param {Item} card
   * @param {Set<string>} dirty the items that have changed
   */
  draw(card, dirty) {
    const element = this.elements.get(card.id) ?? this.#make(card.id)
    if (this.#shown.get(element) !== card || dirty.has(card.id) || this.#commentsChanged(card, dirty)) {
      const cut = element.classList.contains("cut")
      drawCard(element, card, this.context)
      element.classList.toggle("cut", cut)
      this.#measureAgain(element)
      this.#shown.set(element, card)
    }
    const held = this.layout.held?.id === card.id ? this.layout.held : null
    element.classList.toggle("selected", this.context.isSelected(card.id))
    element.classList.toggle("writing", this.context.writing === card.id)
    element.classList.toggle("lifted", held !== null)
    if (held) this.#placeHeld(element, card, held)
    return element
  }

  /** Removes the elements of all other cards. @param {Set<HTMLElement>} drawn */
  removeOthers(drawn) {
    for (const [id, element] of this.elements) if (!drawn.has(element)) this.#drop(id, element)
  }

  /** @param {string} id */
  #make(id) {
    const element = newCard(id)
    this.elements.set(id, element)
    this.#sizes.observe(element)
    return element
  }

  /** Whether a comment on the card has come, gone or changed. @param {Item} card @param {Set<string>} dirty */
  #commentsChanged(card, dirty) {
    return this.context.items.comments(card.id).some((comment) => dirty.has(comment.id))
  }

  /**
   * Puts it where the pointer has it; it is drawn again when it is dropped.
   * @param {HTMLElement} element
   * @param {Item} card
   * @param {import("./layout.js").Held} held
   */
  #placeHeld(element, card, held) {
    const home = this.context.items.sectionOf(card)?.fields ?? { x: 0, y: 0 }
    element.style.transform = `translate(${held.x - home.x}px, ${held.y - home.y}px)`
    if (held.w) element.style.width = `${held.w}px`
    this.#shown.delete(element)
  }

  /** Words may have become too long while the height of the card stayed. @param {HTMLElement} element */
  #measureAgain(element) {
    this.#sizes.unobserve(element)
    this.#sizes.observe(element)
  }

  /** @param {string} id @param {HTMLElement} element */
  #drop(id, element) {
    this.#sizes.unobserve(element)
    this.elements.delete(id)
    if (!this.context.get(id)) this.layout.heights.delete(id)
  }

  /** @param {ResizeObserverEntry[]} entries */
  #measured(entries) {
    for (const { target } of entries) {
      const { dataset, offsetHeight } = /** @type {HTMLElement} */ (target)
      if (offsetHeight && dataset.id) this.layout.heights.set(dataset.id, offsetHeight)
    }
    requestAnimationFrame(() => {
      for (const { target } of entries) markCut(target) // not at once: it may change what is observed
    })
    this.measured()
  }
}
