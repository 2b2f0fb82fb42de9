// Puts what is in view onto the page, at most once a frame, in the order of the outline.
import { arrange, h } from "./dom.js"
import { drawCard, newCard } from "./draw_card.js"
import { drawFrame, listOf, newFrame, newLoose } from "./draw_frame.js"
import { Links } from "./draw_links.js"
import { around, CARD_H, cardBox, freePlace, inView, overlap, sectionBox } from "./geometry.js"

/** @typedef {import("./wire.js").Item} Item */
/** @typedef {import("./geometry.js").Box} Box */
/** @typedef {import("./desk.js").Desk} Desk */
/** @typedef {import("./lens.js").Lens} Lens */

const ALL = 250 // up to so many cards all are drawn, so that the tab key reaches each
const MARGIN = 300

export class Stage {
  /** @type {Map<string, HTMLElement>} */
  cards = new Map()
  /** @type {Map<string, HTMLElement>} */
  frames = new Map()
  /** @type {Map<string, number>} */
  #heights = new Map()
  /** What each element shows now. @type {WeakMap<HTMLElement, Item>} */
  #shown = new WeakMap()
  /** @type {Set<string>} */
  #dirty = new Set()
  #places = true
  #asked = false
  /** A card held by the pointer lies where the pointer has it. @type {{ id: string, x: number, y: number, w?: number } | null} */
  held = null
  #sizes = new ResizeObserver((entries) => this.#measured(entries))

  /**
   * @param {Desk} desk
   * @param {HTMLElement} world
   * @param {Lens} lens
   */
  constructor(desk, world, lens) {
    this.desk = desk
    this.world = world
    this.lens = lens
    this.links = new Links(desk)
    this.loose = newLoose()
    this.cursors = h("div", { class: "cursors", "aria-hidden": "true" })
    world.append(this.links.element, this.loose, this.cursors)
  }

  /** Draws again at the next frame. @param {Iterable<string>} [ids] what changed */
  ask(ids = []) {
    for (const id of ids) this.#note(id)
    if (this.#asked) return
    this.#asked = true
    requestAnimationFrame(() => this.#frame())
  }

  /** Names came in: everything that bears one is drawn anew. */
  askAll() {
    this.#shown = new WeakMap()
    this.#places = true
    this.ask()
  }

  /** The box of a card or section; null where it is not. @param {string | null} id @returns {Box | null} */
  box(id) {
    const item = this.desk.get(id)
    if (!item) return null
    if (item.item === "section") return sectionBox(item)
    if (!("x" in item.fields)) return null
    const held = this.held?.id === id ? this.held : null
    const box = cardBox(item, this.desk.items.home(item), this.#heights.get(item.id) ?? CARD_H)
    return held ? { ...box, x: held.x, y: held.y, w: held.w ?? box.w } : box
  }

  /** All there is, with room for the titles above sections. */
  whole() {
    const boxes = [...this.desk.sync.view.keys()].flatMap((id) => this.box(id) ?? [])
    const sections = this.desk.items.sections.map((section) => ({
      ...sectionBox(section),
      y: section.fields.y - 34,
      h: 1,
    }))
    return around([...boxes, ...sections])
  }

  /**
   * A place near the wished one where nothing lies.
   * @param {{ x: number, y: number }} wish
   * @param {{ w: number, h: number }} [size]
   */
  freeNear(wish, size) {
    const boxes = [...this.desk.sync.view.keys()].flatMap((id) => this.box(id) ?? [])
    return freePlace(wish, boxes, size)
  }

  /** Brings what is being written into view. */
  revealWriter() {
    const writer = this.world.querySelector(".writer")
    if (!writer) return
    const [at, { width, height }] = [this.lens.point(cornerOf(writer)), writer.getBoundingClientRect()]
    this.lens.reveal({ ...at, w: width / this.lens.k, h: height / this.lens.k })
  }

  /** The element of a card or section, drawn now if need be. @param {string | null} id */
  element(id) {
    this.#frame()
    return this.cards.get(id ?? "") ?? this.frames.get(id ?? "")
  }

  /** @param {string} id */
  #note(id) {
    this.#dirty.add(id)
    this.#places = true
  }

  #frame() {
    this.#asked = false
    const placed = this.#places
    this.#places = false
    if (placed) this.desk.items.refresh()
    const { x, y, k } = this.lens
    this.world.style.transform = `translate(${x}px, ${y}px) scale(${k})`
    this.#paper(x, y, k)
    this.#frames()
    this.#cardsInView()
    this.links.draw((id) => this.box(id), inView(this.lens, this.lens.width, this.lens.height, 100))
    this.#dirty.clear()
    if (placed) this.desk.tell("placed")
    this.desk.tell("drawn")
  }

  /** @param {number} x @param {number} y @param {number} k */
  #paper(x, y, k) {
    const step = 24 * (k < 0.35 ? k * 4 : k < 0.7 ? k * 2 : k)
    const { style } = this.lens.screen
    style.backgroundSize = `${step}px ${step}px`
    style.backgroundPosition = `${x}px ${y}px`
  }

  #frames() {
    const { sections } = this.desk.items
    const kept = sections.map((section) => this.#frameOf(section))
    for (const id of this.frames.keys()) if (!this.desk.get(id)) this.frames.delete(id)
    arrange(this.world, [this.links.element, ...kept, this.loose, ...this.#extras(), this.cursors])
  }

  /** What others put into the world, such as the card being written. */
  #extras() {
    return [...this.world.children].filter((child) => child.matches(".writer"))
  }

  /** @param {Item} section */
  #frameOf(section) {
    const element = this.frames.get(section.id) ?? newFrame(section.id)
    this.frames.set(section.id, element)
    if (this.#shown.get(element) !== section) drawFrame(element, section)
    this.#shown.set(element, section)
    element.classList.toggle("selected", this.desk.selected === section.id)
    return element
  }

  #cardsInView() {
    const view = inView(this.lens, this.lens.width, this.lens.height, MARGIN)
    const all = this.desk.items.inOrder().length <= ALL
    const drawn = new Set()
    for (const section of [...this.desk.items.sections.map((s) => s.id), null]) {
      const cards = section
        ? this.desk.items.cards(section)
        : [...this.desk.items.cards(null), ...this.desk.items.strange()]
      const list = cards.filter((card) => all || this.#isNeeded(card, view))
      const frame = section ? /** @type {HTMLElement} */ (this.frames.get(section)) : this.loose
      arrange(
        listOf(frame),
        list.map((card) => this.#cardOf(card)),
      )
      for (const card of list) drawn.add(card.id)
    }
    for (const [id, element] of this.cards) if (!drawn.has(id)) this.#drop(id, element)
  }

  /** @param {Item} card @param {Box} view */
  #isNeeded(card, view) {
    if (card.id === this.desk.selected || this.cards.get(card.id)?.contains(document.activeElement))
      return true
    const box = this.box(card.id)
    return box !== null && overlap(box, view)
  }

  /** @param {Item} card */
  #cardOf(card) {
    let element = this.cards.get(card.id)
    if (!element) {
      element = newCard(card.id)
      this.cards.set(card.id, element)
      this.#sizes.observe(element)
    }
    if (this.#shown.get(element) !== card || this.#dirty.has(card.id) || this.#hasNews(card))
      this.#draw(element, card)
    element.classList.toggle("selected", this.desk.selected === card.id)
    element.classList.toggle("writing", this.desk.writing === card.id)
    element.classList.toggle("lifted", this.held?.id === card.id)
    if (this.held?.id === card.id) this.#hold(element, card)
    return element
  }

  /** A comment or link that came or went changes its card's look. @param {Item} card */
  #hasNews(card) {
    return this.desk.items.comments(card.id).some((comment) => this.#dirty.has(comment.id))
  }

  /** @param {HTMLElement} element @param {Item} card */
  #draw(element, card) {
    drawCard(element, card, this.desk)
    this.#shown.set(element, card)
  }

  /** @param {HTMLElement} element @param {Item} card */
  #hold(element, card) {
    if (!this.held) return
    const home = this.desk.items.home(card)?.fields ?? { x: 0, y: 0 }
    element.style.transform = `translate(${this.held.x - home.x}px, ${this.held.y - home.y}px)`
    if (this.held.w) element.style.width = `${this.held.w}px`
    this.#shown.delete(element)
  }

  /** @param {string} id @param {HTMLElement} element */
  #drop(id, element) {
    this.#sizes.unobserve(element)
    this.cards.delete(id)
    if (!this.desk.get(id)) this.#heights.delete(id)
  }

  /** @param {ResizeObserverEntry[]} entries */
  #measured(entries) {
    for (const { target } of entries) {
      const { dataset, offsetHeight } = /** @type {HTMLElement} */ (target)
      if (offsetHeight && dataset.id) this.#heights.set(dataset.id, offsetHeight)
    }
    this.ask()
  }
}

/** @param {Element} element */
function cornerOf(element) {
  const { left, top } = element.getBoundingClientRect()
  return { clientX: left, clientY: top }
}
