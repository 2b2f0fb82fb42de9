// Draws the sections: each a frame, its title above, its cards as a list inside; anew only when it has changed.
import { setLinked } from "app/lib/addresses.js"
import { h, setText, svg } from "app/lib/dom.js"
import { drawAxes } from "./draw_axes.js"

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

/** @param {string} id */
function newFrame(id) {
  const pick = h("button", { type: "button", class: "frame-pick", dir: "auto", data: { drag: "frame" } })
  return h(
    "section",
    { class: "frame", id: `section-${id}`, "aria-labelledby": `title-${id}`, data: { id } },
    h("div", { class: "frame-box" }),
    h(
      "header",
      {},
      h(
        "div",
        { class: "frame-title" },
        h("h2", { id: `title-${id}` }, pick),
        lockSign(),
        h("span", { class: "frame-count" }, h("span", {}), h("span", { class: "unseen" })),
      ),
      h("p", { dir: "auto" }),
    ),
    h("ul"),
    h("span", { class: "grip", "aria-hidden": "true", data: { drag: "frame-size" } }),
  )
}

/** Says that a section is locked. */
function lockSign() {
  const drawing = svg(
    "svg",
    { viewBox: "0 0 20 20", "aria-hidden": "true" },
    svg("path", { d: "M4 9h12v8H4zM7 9V6a3 3 0 016 0v3" }),
  )
  const sign = h(
    "span",
    { class: "frame-lock", hidden: true },
    h("span", { class: "unseen", text: "Locked" }),
  )
  sign.append(drawing)
  return sign
}

/** The cards outside all sections; a section too, so that they have a name and a place in the order. */
export function newLoose() {
  const title = h("h2", { id: "title-loose", class: "unseen", text: "Outside the sections" })
  return h("section", { class: "frame loose", "aria-labelledby": "title-loose" }, title, h("ul"))
}

/**
 * @param {HTMLElement} element
 * @param {Item} section
 */
function drawFrame(element, section) {
  setText(/** @type {Element} */ (element.querySelector("button")), section.fields.title ?? "Section")
  const lock = /** @type {HTMLElement} */ (element.querySelector(".frame-lock"))
  lock.hidden = !section.fields.locked
  setLinked(/** @type {Element} */ (element.querySelector("header > p")), section.fields.prompt ?? "")
}

/**
 * By `left` and `top`, not by a transform, which would put its background above the links (canvas.css).
 * @param {HTMLElement} element
 * @param {Box} box
 */
function putFrame(element, { x, y, w, h: height }) {
  Object.assign(element.style, { left: `${x}px`, top: `${y}px`, width: `${w}px`, height: `${height}px` })
}

/** The list element that holds a frame's cards. @param {HTMLElement} element */
export function listOf(element) {
  return /** @type {HTMLElement} */ (element.querySelector(":scope > ul"))
}
