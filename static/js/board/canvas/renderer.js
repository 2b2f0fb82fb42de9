// Draws what is in view, at most once a frame, in the order of the outline.
import { arrange, h } from "app/lib/dom.js"
import { Cards } from "./draw_cards.js"
import { MANY_CARDS, PaintedCards, READABLE } from "./draw_far_cards.js"
import { Links } from "./draw_links.js"
import { Frames, listOf, newLoose } from "./draw_section.js"
import { contains, inView } from "./geometry.js"
import { InsertionMark } from "./insertion.js"
import { Layout } from "./layout.js"
import { Dots } from "./movement/dots.js"
import { Glide } from "./movement/glide.js"
import { Movement, slice } from "./movement/movement.js"

/** @typedef {import("app/board/schema.js").Item} Item */
/** @typedef {import("./geometry.js").Box} Box */
/** @typedef {import("app/board/context.js").BoardContext} BoardContext */
/** @typedef {import("./viewport.js").Viewport} Viewport */
/** @typedef {import("./geometry.js").Transform & { width: number, height: number }} View */

const ALL = 250 // up to this number all cards are drawn, so that the tab key reaches each
const MARGIN = 300 // screen pixels around the view that are drawn too; fewer the smaller the cards are
const MOST_KEPT = 600 // cards that stay drawn while the view moves, though it has left them
const CLOSER = 1.5 // zooming in so many times leaves most of what is drawn out of view

export class Renderer {
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
    this.sections = new Frames(context, this.layout)
    this.frames = this.sections.elements
    this.glide = new Glide(world)
    this.movement = new Movement(() => this.redraw())
    this.cards = new Cards(context, this.layout, this.movement, () => this.redraw())
    this.dots = new Dots()
    this.paintedCards = new PaintedCards()
    this.links = new Links(context)
    this.loose = newLoose()
    this.cursors = h("div", { class: "cursors", "aria-hidden": "true" })
    this.mark = new InsertionMark()
    world.append(this.links.element, this.loose, this.links.above, this.mark.element, this.cursors)
    this.glide.element.before(this.dots.element, this.paintedCards.element)
  }

  /** Draws again at the next frame. @param {Iterable<string>} [ids] what changed */
  redraw(ids = []) {
    for (const id of ids) this.#markDirty(id)
    this.#stale = true
    this.#schedule()
  }

  /** The viewport has moved: draws at the next frame what has come into view. */
  follow() {
    this.movement.step(this.viewport.k)
    this.#schedule()
  }

  #schedule() {
    if (this.#scheduled) return
    this.#scheduled = true
    requestAnimationFrame(() => this.#frame(this.movement.isOngoing))
  }

  /** Names have arrived: everything that shows one is drawn again. */
  redrawAll() {
    this.sections.invalidate()
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
    this.#frame(false)
    return this.cards.elements.get(id ?? "") ?? this.frames.get(id ?? "")
  }

  /** @param {string} id */
  #markDirty(id) {
    this.#dirty.add(id)
    this.#places = true
  }

  /** @param {boolean} isSliced whether what is drawn for the first time may come some at a time */
  #frame(isSliced) {
    this.#scheduled = false
    const { x, y, k, width, height } = this.viewport // asked once: after a change the page would be laid out for it
    const view = { x, y, k, width, height }
    this.glide.draw(view, this.movement.isZooming)
    this.dots.draw(view, this.movement.isZooming)
    if (this.#stale || this.#viewHasLeft(view)) this.#redrawContents(view, isSliced)
    this.#paint(view)
    this.#putDots(view)
    this.context.emit("drawn")
  }

  /** Whether boxes are not turned into cards before the view rests. */
  get #staysPainted() {
    return this.isPainted && this.movement.isOngoing
  }

  /** @param {View} view */
  #paint(view) {
    this.world.classList.toggle("painted", this.isPainted)
    if (!this.isPainted) return this.paintedCards.clear()
    const { sections } = this.context.items
    this.paintedCards.paint(sections, this.#painted, (id) => this.box(id), view)
  }

  /** Into the picture, unless it has boxes beneath it. @param {View} view */
  #putDots(view) {
    this.glide.setDots(!this.isPainted && this.glide.reaches(view))
  }

  /** Whether the view has left what was drawn, with its margin, or shows little of it, or cards must change between boxes and elements. @param {View} view */
  #viewHasLeft(view) {
    const chosen = this.#chosen
    if (!chosen || (chosen.k < READABLE !== view.k < READABLE && !this.#staysPainted)) return true
    if (view.k > chosen.k * CLOSER) return true
    return !contains(chosen, inView(view, view.width, view.height))
  }

  /** @param {View} view @param {boolean} isSliced */
  #redrawContents(view, isSliced) {
    const focused = document.activeElement
    const placed = this.#places
    this.#places = this.#stale = false
    if (placed) this.context.items.refresh()
    if (placed) this.layout.invalidate()
    const { k, width, height } = view
    this.#chosen = { ...inView(view, width, height, MARGIN * Math.min(1, k)), k }
    this.#frames()
    this.#cardsInView(this.#chosen, isSliced ? view : null)
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
    const { links, loose, mark, cursors } = this
    const sections = this.sections.draw()
    arrange(this.world, [links.element, ...sections, loose, ...this.#extras(), mark.element, cursors])
  }

  /** What others have put into the world element, such as the inline editor. */
  #extras() {
    return [...this.world.children].filter((child) => child.matches(".writer, .links-above"))
  }

  /** @param {Box} part of the board @param {View | null} view in which some cards may wait */
  #cardsInView(part, view) {
    const cards = this.context.items.inOrder()
    const near = cards.length <= ALL ? cards : this.#near(cards, part)
    const painted = this.#staysPainted || (this.viewport.k < READABLE && near.length > MANY_CARDS)
    this.#painted = painted ? near : []
    const all = painted ? near.filter((card) => this.cards.isHeld(card)) : near
    const wanted = view ? this.#slice(all, view) : all
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
    if (!view && this.cards.measureFresh()) this.#putAll(wanted)
  }

  /** Those to draw now; the others are drawn in the next frames. @param {Item[]} cards @param {View} view */
  #slice(cards, view) {
    const seen = this.layout.cardsIn(inView(view, view.width, view.height))
    const isDrawn = (/** @type {Item} */ card) =>
      this.cards.elements.has(card.id) || Boolean(this.cards.isHeld(card))
    const some = slice(cards, isDrawn, (card) => seen.has(card))
    if (some.length < cards.length) this.redraw()
    return some
  }

  /** Puts what is drawn where it lies, now that the heights are known; others may have come into view by that. @param {Item[]} cards */
  #putAll(cards) {
    if (this.context.items.inOrder().length > ALL) this.redraw()
    this.sections.place()
    for (const card of cards) this.cards.place(card)
  }

  /** @param {Item[]} cards @param {Box} view */
  #near(cards, view) {
    const near = this.layout.cardsIn(view)
    const { elements } = this.cards
    const stays = this.movement.isOngoing && elements.size < MOST_KEPT // the view may well come back before it rests
    return cards.filter(
      (card) => near.has(card) || this.cards.isHeld(card) || (stays && elements.has(card.id)),
    )
  }
}
