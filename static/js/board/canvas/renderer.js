// Draws what is in view, at most once a frame, in the order of the outline.
import { arrange, h } from "app/lib/dom.js"
import { Dots } from "./dots.js"
import { drawAxes } from "./draw_axes.js"
import { Cards } from "./draw_cards.js"
import { MANY_CARDS, PaintedCards, READABLE } from "./draw_far_cards.js"
import { Links } from "./draw_links.js"
import { drawFrame, listOf, newFrame, newLoose, putFrame } from "./draw_section.js"
import { contains, inView } from "./geometry.js"
import { InsertionMark } from "./insertion.js"
import { Layout } from "./layout.js"

/** @typedef {import("app/board/schema.js").Item} Item */
/** @typedef {import("./geometry.js").Box} Box */
/** @typedef {import("app/board/context.js").BoardContext} BoardContext */
/** @typedef {import("./viewport.js").Viewport} Viewport */
/** @typedef {import("./geometry.js").Transform & { width: number, height: number }} View */

const ALL = 250 // up to this number all cards are drawn, so that the tab key reaches each
const MARGIN = 300 // screen pixels around the view that are drawn too; fewer the smaller the cards are
const CLOSER = 1.5 // zooming in so many times leaves most of what is drawn out of view

export class Renderer {
  /** @type {Map<string, HTMLElement>} */
  frames = new Map()
  /** What each frame shows now. @type {WeakMap<HTMLElement, Item>} */
  #shown = new WeakMap()
  /** Where each frame lies now. @type {WeakMap<HTMLElement, Box>} */
  #placed = new WeakMap()
  /** @type {Set<string>} */
  #dirty = new Set()
  #places = true
  #scheduled = false
  /** Something other than the viewport has changed. */
  #stale = true
  /** What was in view, with a margin, when the cards to draw were last chosen, and the scale then. @type {Box & { k: number } | null} */
  #chosen = null
  /** The cards that are painted as boxes now, because they are too small to read. @type {Item[]} */
  #painted = []
  /** While true, a focus event is no act of the person. */
  keepsFocus = false

  /**
   * @param {BoardContext} context
   * @param {HTMLElement} world
   * @param {Viewport} viewport
   */
  constructor(context, world, viewport) {
    this.context = context
    this.world = world
    this.viewport = viewport
    this.layout = new Layout(context)
    this.cards = new Cards(context, this.layout, () => this.redraw())
    this.dots = new Dots()
    this.paintedCards = new PaintedCards()
    this.links = new Links(context)
    this.loose = newLoose()
    this.cursors = h("div", { class: "cursors", "aria-hidden": "true" })
    this.mark = new InsertionMark()
    world.append(this.links.element, this.loose, this.links.above, this.mark.element, this.cursors)
    world.before(this.dots.element, this.paintedCards.element)
  }

  /** Draws again at the next frame. @param {Iterable<string>} [ids] what changed */
  redraw(ids = []) {
    for (const id of ids) this.#markDirty(id)
    this.#stale = true
    this.schedule()
  }

  /** The viewport has moved: draws at the next frame what has come into view. */
  schedule() {
    if (this.#scheduled) return
    this.#scheduled = true
    requestAnimationFrame(() => this.#frame())
  }

  /** Names have arrived: everything that shows one is drawn again. */
  redrawAll() {
    this.#shown = new WeakMap()
    this.cards.invalidate()
    this.#places = true
    this.redraw()
  }

  /** Whether cards are painted as boxes now. */
  get isPainted() {
    return this.#painted.length > 0
  }

  /** @param {string | null} id @returns {Box | null} */
  box(id) {
    return this.layout.box(id)
  }

  /** The element of a card or section, drawn now if need be. @param {string | null} id */
  element(id) {
    this.#stale = true
    this.#frame()
    return this.cards.elements.get(id ?? "") ?? this.frames.get(id ?? "")
  }

  /** @param {string} id */
  #markDirty(id) {
    this.#dirty.add(id)
    this.#places = true
  }

  #frame() {
    this.#scheduled = false
    const { x, y, k, width, height } = this.viewport // asked once: after a change the page would be laid out for it
    const view = { x, y, k, width, height }
    this.world.style.transform = `translate(${x}px, ${y}px) scale(${k})`
    this.dots.draw(this.viewport)
    if (this.#stale || this.#viewHasLeft(view)) this.#redrawContents(view)
    this.#paint(view)
    this.context.emit("drawn")
  }

  /** @param {View} view */
  #paint(view) {
    this.world.classList.toggle("painted", this.isPainted)
    if (!this.isPainted) return this.paintedCards.clear()
    const { sections } = this.context.items
    this.paintedCards.paint(sections, this.#painted, (id) => this.box(id), view)
  }

  /** Whether the view has left what was drawn, with its margin, or shows little of it, or cards must change between boxes and elements. @param {View} view */
  #viewHasLeft(view) {
    const chosen = this.#chosen
    if (!chosen || chosen.k < READABLE !== view.k < READABLE) return true
    if (view.k > chosen.k * CLOSER) return true
    return !contains(chosen, inView(view, view.width, view.height))
  }

  /** @param {View} view */
  #redrawContents(view) {
    const focused = document.activeElement
    const placed = this.#places
    this.#places = this.#stale = false
    if (placed) this.context.items.refresh()
    if (placed) this.layout.invalidate()
    const { k, width, height } = view
    this.#chosen = { ...inView(view, width, height, MARGIN * Math.min(1, k)), k }
    this.#frames()
    this.#cardsInView(this.#chosen)
    this.#keepFocus(focused)
    this.links.draw((id) => this.box(id), this.#chosen)
    this.#dirty.clear()
    if (placed) this.context.emit("placed")
    this.context.emit("redrawn")
  }

  /** An element that had to move to another list has lost the focus by that. @param {Element | null} focused */
  #keepFocus(focused) {
    if (document.activeElement !== document.body || !(focused instanceof HTMLElement)) return
    if (!this.world.contains(focused)) return
    this.keepsFocus = true
    focused.focus({ preventScroll: true })
    this.keepsFocus = false
  }

  #frames() {
    const { sections } = this.context.items
    const kept = sections.map((section) => this.#frameOf(section))
    for (const id of this.frames.keys()) if (!this.context.get(id)) this.frames.delete(id)
    const { mark } = this
    arrange(this.world, [
      this.links.element,
      ...kept,
      this.loose,
      ...this.#extras(),
      mark.element,
      this.cursors,
    ])
  }

  /** What others have put into the world element, such as the inline editor. */
  #extras() {
    return [...this.world.children].filter((child) => child.matches(".writer, .links-above"))
  }

  /** @param {Item} section */
  #frameOf(section) {
    const element = this.frames.get(section.id) ?? newFrame(section.id)
    this.frames.set(section.id, element)
    if (this.#shown.get(element) !== section) {
      drawFrame(element, section)
      drawAxes(element, section)
    }
    this.#shown.set(element, section)
    this.#putFrame(section)
    element.classList.toggle("selected", this.context.isSelected(section.id))
    element.classList.toggle("fixed", !this.context.mayChangeSection(section))
    return element
  }

  /** @param {Item} section */
  #putFrame(section) {
    const [element, box] = [this.frames.get(section.id), this.box(section.id)]
    if (!element || !box || this.#placed.get(element) === box) return
    this.#placed.set(element, box)
    putFrame(element, box)
  }

  /** @param {Box} view */
  #cardsInView(view) {
    const cards = this.context.items.inOrder()
    const near = cards.length <= ALL ? cards : this.#near(cards, view)
    const painted = this.viewport.k < READABLE && near.length > MANY_CARDS
    this.#painted = painted ? near : []
    const wanted = painted ? near.filter((card) => this.cards.isHeld(card)) : near
    const lists = new Map(
      [...this.context.items.sections.map((s) => s.id), null].map((id) => [
        id,
        /** @type {HTMLElement[]} */ ([]),
      ]),
    )
    for (const card of [...wanted, ...this.context.items.unknown()]) {
      lists.get(this.context.items.sectionOf(card)?.id ?? null)?.push(this.cards.draw(card, this.#dirty))
    }
    for (const [id, list] of lists) arrange(listOf(this.frames.get(id ?? "") ?? this.loose), list)
    this.loose.hidden = !lists.get(null)?.length
    this.cards.removeOthers(new Set([...lists.values()].flat()))
    if (this.cards.measureFresh()) this.#putAll(wanted)
  }

  /** Puts what is drawn where it lies, now that the heights are known. @param {Item[]} cards */
  #putAll(cards) {
    for (const section of this.context.items.sections) this.#putFrame(section)
    for (const card of cards) this.cards.place(card)
  }

  /** @param {Item[]} cards @param {Box} view */
  #near(cards, view) {
    const near = this.layout.cardsIn(view)
    return cards.filter((card) => near.has(card) || this.cards.isHeld(card))
  }
}
