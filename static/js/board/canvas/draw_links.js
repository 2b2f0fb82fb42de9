// Draws links as curves with an arrow; their words show while one points at them or at their cards.
import { svg } from "app/lib/dom.js"
import { boundingBox, curve, overlap } from "./geometry.js"

/** @typedef {import("app/board/schema.js").Item} Item */
/** @typedef {import("./geometry.js").Box} Box */
/** @typedef {import("app/board/context.js").BoardContext} BoardContext */

export class Links {
  /** @type {Map<string, SVGElement>} */
  #drawn = new Map()
  #stretch = svg("path", { class: "stretch" })

  /** @param {BoardContext} context */
  constructor(context) {
    this.context = context
    const tip = svg("path", { d: "M0 0L8 4L0 8z" })
    const marker = svg(
      "marker",
      { id: "tip", viewBox: "0 0 8 8", refX: 7, refY: 4, markerWidth: 8, markerHeight: 8, orient: "auto" },
      tip,
    )
    this.element = svg(
      "svg",
      { class: "links", "aria-hidden": "true" },
      svg("defs", {}, marker),
      this.#stretch,
    )
  }

  /**
   * @param {(id: string) => Box | null} boxOf
   * @param {Box} view what of the board is in view
   */
  draw(boxOf, view) {
    const wanted = new Set()
    for (const item of this.context.items.fullLinks) {
      const [from, to] = [boxOf(item.fields.start), boxOf(item.fields.end)]
      if (!from || !to || !overlap(/** @type {Box} */ (boundingBox([from, to])), view)) continue
      wanted.add(item.id)
      this.#drawOne(item, from, to)
    }
    for (const [id, group] of this.#drawn) if (!wanted.has(id)) this.#drop(id, group)
  }

  /** A line that follows the pointer while the other end is chosen. @param {Box | null} from @param {{ x: number, y: number } | null} to */
  stretch(from, to) {
    const path = from && to ? curve(from, { ...to, w: 1, h: 1 }).path : ""
    this.#stretch.setAttribute("d", path)
  }

  /**
   * @param {Item} link
   * @param {Box} from
   * @param {Box} to
   */
  #drawOne(link, from, to) {
    const group = this.#drawn.get(link.id) ?? this.#make(link.id)
    const { path, middle } = curve(from, to)
    const { selected } = this.context
    const near = selected === link.fields.start || selected === link.fields.end
    group.setAttribute("class", `link${selected === link.id ? " selected" : ""}${near ? " near" : ""}`)
    if (group.dataset.path !== path) {
      group.dataset.path = path
      for (const line of group.querySelectorAll("path")) line.setAttribute("d", path)
    }
    const text = /** @type {SVGTextElement} */ (group.lastChild)
    text.setAttribute("x", String(middle.x))
    text.setAttribute("y", String(middle.y - 6))
    const word = this.context.meanings.find((meaning) => meaning.tag === link.fields.means)?.word ?? ""
    if (text.textContent !== word) text.textContent = word
  }

  /** @param {string} id */
  #make(id) {
    const line = svg("path", { class: "curve", "marker-end": "url(#tip)" })
    const group = /** @type {SVGElement} */ (svg("g", {}, svg("path", { class: "hit" }), line, svg("text")))
    group.dataset.id = id
    this.#drawn.set(id, group)
    this.element.append(group)
    return group
  }

  /** @param {string} id @param {SVGElement} group */
  #drop(id, group) {
    group.remove()
    this.#drawn.delete(id)
  }
}
