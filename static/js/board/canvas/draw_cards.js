// The elements of the cards in view: each is drawn again only when it has changed; the browser measures its height.
import { drawCard, markCut, newCard } from "./draw_card.js"

/** @typedef {import("app/board/schema.js").Item} Item */

export class Cards {
  /** @type {Map<string, HTMLElement>} */
  elements = new Map()
  /** What each element shows now. @type {WeakMap<HTMLElement, Item>} */
  #shown = new WeakMap()
  /** Where each element lies now. @type {WeakMap<HTMLElement, import("./geometry.js").Box>} */
  #placed = new WeakMap()
  /** Elements that have not been measured yet. @type {Set<HTMLElement>} */
  #fresh = new Set()
  /** Elements of another size since the view began to move. @type {Set<HTMLElement>} */
  #late = new Set()
  #sizes = new ResizeObserver((entries) => this.#measured(entries))

  /**
   * @param {import("app/board/context.js").BoardContext} context
   * @param {import("./layout.js").Layout} layout
   * @param {{ isOngoing: boolean }} movement of the view: nothing is measured meanwhile
   * @param {() => void} measured called when the height of any has changed
   */
  constructor(context, layout, movement, measured) {
    this.context = context
    this.layout = layout
    this.movement = movement
    this.measured = measured
  }

  /** Has every card drawn again the next time. */
  invalidate() {
    this.#shown = new WeakMap()
  }

  /** What is selected or has the focus is drawn even out of view. @param {Item} card */
  isHeld(card) {
    if (this.context.found.has(card.id)) return true
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
    this.place(card)
    element.classList.toggle("selected", this.context.isSelected(card.id))
    element.classList.toggle("writing", this.context.writing === card.id)
    element.classList.toggle("lifted", held !== null)
    element.classList.toggle("carried", !held && this.#isCarried(card))
    if (held?.many) element.dataset.many = String(held.many)
    else delete element.dataset.many
    return element
  }

  /** Puts the element of a card where the layout has it. @param {Item} card */
  place(card) {
    const element = this.elements.get(card.id)
    const box = this.layout.held?.id === card.id ? this.#heldPlace(card) : this.layout.place(card)
    if (!element || this.#placed.get(element) === box) return
    this.#placed.set(element, box)
    element.style.transform = `translate(${box.x}px, ${box.y}px)`
    element.style.width = `${box.w}px`
  }

  /** Measures what was drawn for the first time, before it is seen. Gives whether anything lies elsewhere now. */
  measureFresh() {
    for (const element of this.#late) this.#measureAgain(element)
    const fresh = [...this.#fresh]
    this.#fresh.clear()
    this.#late.clear()
    return fresh.map((element) => this.#measure(element)).some(Boolean)
  }

  /** Removes the elements of all other cards. @param {Set<HTMLElement>} drawn */
  removeOthers(drawn) {
    for (const [id, element] of this.elements) if (!drawn.has(element)) this.#drop(id, element)
  }

  /** @param {string} id */
  #make(id) {
    const element = newCard(id)
    this.elements.set(id, element)
    this.#fresh.add(element)
    this.#sizes.observe(element)
    return element
  }

  /** Whether a comment on the card has come, gone or changed. @param {Item} card @param {Set<string>} dirty */
  #commentsChanged(card, dirty) {
    return this.context.items.comments(card.id).some((comment) => dirty.has(comment.id))
  }

  /** Whether it is dragged along with another card. @param {Item} card */
  #isCarried(card) {
    return Boolean(this.layout.held?.many) && this.context.isSelected(card.id)
  }

  /** Where the pointer has it, from the corner of its section. @param {Item} card */
  #heldPlace(card) {
    const box = /** @type {import("./geometry.js").Box} */ (this.layout.box(card.id))
    const corner = this.layout.corner(this.context.items.sectionOf(card)?.id ?? null)
    return { ...box, x: box.x - corner.x, y: box.y - corner.y }
  }

  /** Words may have become too long while the height of the card stayed. @param {HTMLElement} element */
  #measureAgain(element) {
    this.#sizes.unobserve(element)
    this.#sizes.observe(element)
  }

  /** @param {string} id @param {HTMLElement} element */
  #drop(id, element) {
    this.#sizes.unobserve(element)
    this.#fresh.delete(element)
    this.#late.delete(element)
    this.elements.delete(id)
    if (!this.context.get(id)) this.layout.forget(id)
  }

  /** @param {ResizeObserverEntry[]} entries */
  #measured(entries) {
    const elements = entries.map(({ target }) => /** @type {HTMLElement} */ (target))
    if (this.movement.isOngoing) return this.#measureLater(elements)
    requestAnimationFrame(() => markCut(elements)) // not at once: it may change what is observed
    if (elements.map((element) => this.#measure(element)).some(Boolean)) this.measured()
    return undefined
  }

  /** Once the view rests, which draws all anew. @param {HTMLElement[]} elements */
  #measureLater(elements) {
    for (const element of elements) this.#late.add(element)
  }

  /** @param {HTMLElement} element @returns {boolean} whether its height is news */
  #measure({ dataset, offsetHeight }) {
    return Boolean(offsetHeight && dataset.id) && this.layout.measure(dataset.id ?? "", offsetHeight)
  }
}
