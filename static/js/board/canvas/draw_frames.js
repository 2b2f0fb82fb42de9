// The elements of the sections: each is drawn again only when it has changed.
import { drawAxes } from "./draw_axes.js"
import { drawFrame, newFrame, putFrame } from "./draw_section.js"

/** @typedef {import("app/board/schema.js").Item} Item */
/** @typedef {import("./geometry.js").Box} Box */

export class Frames {
  /** @type {Map<string, HTMLElement>} */
  elements = new Map()
  /** What each frame shows now. @type {WeakMap<HTMLElement, Item>} */
  #shown = new WeakMap()
  /** Where each frame lies now. @type {WeakMap<HTMLElement, Box>} */
  #placed = new WeakMap()

  /** @param {import("app/board/context.js").BoardContext} context @param {import("./layout.js").Layout} layout */
  constructor(context, layout) {
    this.context = context
    this.layout = layout
  }

  /** Has every frame drawn again the next time. */
  invalidate() {
    this.#shown = new WeakMap()
  }

  /** Those of all sections, in their order, as they are now. */
  draw() {
    const kept = this.context.items.sections.map((section) => this.#drawOne(section))
    for (const id of this.elements.keys()) if (!this.context.get(id)) this.elements.delete(id)
    return kept
  }

  /** Puts all where the layout has them. */
  place() {
    for (const section of this.context.items.sections) this.#put(section)
  }

  /** @param {Item} section */
  #drawOne(section) {
    const element = this.elements.get(section.id) ?? newFrame(section.id)
    this.elements.set(section.id, element)
    if (this.#shown.get(element) !== section) {
      drawFrame(element, section)
      drawAxes(element, section)
    }
    this.#shown.set(element, section)
    this.#put(section)
    element.classList.toggle("selected", this.context.isSelected(section.id))
    element.classList.toggle("fixed", !this.context.mayChangeSection(section))
    return element
  }

  /** @param {Item} section */
  #put(section) {
    const [element, box] = [this.elements.get(section.id), this.layout.box(section.id)]
    if (!element || !box || this.#placed.get(element) === box) return
    this.#placed.set(element, box)
    putFrame(element, box)
  }
}
