// Puts what is in view onto the page, at most once a frame, in the order of the outline.
import { arrange, h } from "app/lib/dom.js"
import { Cards } from "./draw_cards.js"
import { drawFrame, listOf, newFrame, newLoose } from "./draw_frame.js"
import { Links } from "./draw_links.js"
import { FAR, Far, MANY } from "./far.js"
import { contains, inView, overlap } from "./geometry.js"
import { Places } from "./layout.js"

/** @typedef {import("app/board/schema.js").Item} Item */
/** @typedef {import("./geometry.js").Box} Box */
/** @typedef {import("app/board/context.js").Desk} Desk */
/** @typedef {import("./viewport.js").Lens} Lens */

const ALL = 250 // up to so many cards all are drawn, so that the tab key reaches each
const MARGIN = 300

export class Stage {
  /** @type {Map<string, HTMLElement>} */
  frames = new Map()
  /** What each frame shows now. @type {WeakMap<HTMLElement, Item>} */
  #shown = new WeakMap()
  /** @type {Set<string>} */
  #dirty = new Set()
  #places = true
  #asked = false
  /** Something else than the lens has changed. */
  #changed = true
  /** What was in view, with a margin, when cards were chosen last, and at what scale. @type {Box & { k: number } | null} */
  #chosen = null
  /** The cards painted from afar. @type {Item[]} */
  #afar = []

  /**
   * @param {Desk} desk
   * @param {HTMLElement} world
   * @param {Lens} lens
   */
  constructor(desk, world, lens) {
    this.desk = desk
    this.world = world
    this.lens = lens
    this.places = new Places(desk)
    this.cards = new Cards(desk, this.places, () => this.ask())
    this.far = new Far()
    this.links = new Links(desk)
    this.loose = newLoose()
    this.cursors = h("div", { class: "cursors", "aria-hidden": "true" })
    world.append(this.links.element, this.loose, this.cursors)
    world.after(this.far.element)
  }

  /** Draws again at the next frame. @param {Iterable<string>} [ids] what changed */
  ask(ids = []) {
    for (const id of ids) this.#note(id)
    this.#changed = true
    this.look()
  }

  /** The lens has moved: draws at the next frame what has come into view. */
  look() {
    if (this.#asked) return
    this.#asked = true
    requestAnimationFrame(() => this.#frame())
  }

  /** Names came in: everything that bears one is drawn anew. */
  askAll() {
    this.#shown = new WeakMap()
    this.cards.anew()
    this.#places = true
    this.ask()
  }

  /** Whether cards are only painted now. */
  get isFar() {
    return this.#afar.length > 0
  }

  /** @param {string | null} id @returns {Box | null} */
  box(id) {
    return this.places.box(id)
  }

  /** The element of a card or section, drawn now if need be. @param {string | null} id */
  element(id) {
    this.#changed = true
    this.#frame()
    return this.cards.elements.get(id ?? "") ?? this.frames.get(id ?? "")
  }

  /** @param {string} id */
  #note(id) {
    this.#dirty.add(id)
    this.#places = true
  }

  #frame() {
    this.#asked = false
    const { x, y, k } = this.lens
    this.world.style.transform = `translate(${x}px, ${y}px) scale(${k})`
    paper(this.lens)
    if (this.#changed || this.#hasLeft()) this.#fill()
    if (this.#afar.length) this.far.paint(this.#afar, (id) => this.box(id), this.lens)
    else this.far.clear()
    this.desk.tell("drawn")
  }

  /** Whether the view has left what was drawn, with its margin, or come so much closer that cards must change. */
  #hasLeft() {
    const chosen = this.#chosen
    if (!chosen || chosen.k < FAR !== this.lens.k < FAR) return true
    return !contains(chosen, inView(this.lens, this.lens.width, this.lens.height))
  }

  #fill() {
    const placed = this.#places
    this.#places = this.#changed = false
    if (placed) this.desk.items.refresh()
    this.#chosen = { ...inView(this.lens, this.lens.width, this.lens.height, MARGIN), k: this.lens.k }
    this.#frames()
    this.#cardsInView(this.#chosen)
    this.links.draw((id) => this.box(id), this.#chosen)
    this.#dirty.clear()
    if (placed) this.desk.tell("placed")
    this.desk.tell("filled")
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

  /** @param {Box} view */
  #cardsInView(view) {
    const cards = this.desk.items.inOrder()
    const near = cards.length <= ALL ? cards : cards.filter((card) => this.#isIn(card, view))
    const afar = this.lens.k < FAR && near.length > MANY
    this.#afar = afar ? near : []
    const wanted = afar ? near.filter((card) => this.cards.isHeld(card)) : near
    const lists = new Map(
      [...this.desk.items.sections.map((s) => s.id), null].map((id) => [
        id,
        /** @type {HTMLElement[]} */ ([]),
      ]),
    )
    for (const card of [...wanted, ...this.desk.items.strange()]) {
      lists.get(this.desk.items.home(card)?.id ?? null)?.push(this.cards.draw(card, this.#dirty))
    }
    for (const [id, list] of lists) arrange(listOf(this.frames.get(id ?? "") ?? this.loose), list)
    this.cards.keep(new Set([...lists.values()].flat()))
  }

  /** @param {Item} card @param {Box} view */
  #isIn(card, view) {
    const box = this.box(card.id)
    return this.cards.isHeld(card) || (box !== null && overlap(box, view))
  }
}

/** The dots of the paper go with the board, and thin out from afar. @param {Lens} lens */
function paper({ x, y, k, screen }) {
  const step = 24 * (k < 0.35 ? k * 4 : k < 0.7 ? k * 2 : k)
  screen.style.backgroundSize = `${step}px ${step}px`
  screen.style.backgroundPosition = `${x}px ${y}px`
}
