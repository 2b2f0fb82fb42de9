// Draws links as curves with an arrow: quiet beneath the cards, and above them with their words for what is selected.
import { h, setText, svg } from "app/lib/dom.js"
import { boundingBox, curve, overlap } from "./geometry.js"

/** @typedef {import("app/board/schema.js").Item} Item */
/** @typedef {import("./geometry.js").Box} Box */
/** @typedef {import("app/board/context.js").BoardContext} BoardContext */
/** @typedef {{ group: SVGElement, word: HTMLElement, path: string }} Drawn */

export class Links {
  /** @type {Map<string, Drawn>} */
  #drawn = new Map()
  #stretch = svg("path", { class: "stretch" })
  #above = svg("svg", { class: "links" })

  /** @param {BoardContext} context */
  constructor(context) {
    this.context = context
    const marker = { viewBox: "0 0 8 8", refX: 7, refY: 4, markerWidth: 8, markerHeight: 8, orient: "auto" }
    const tips = ["tip", "tip-near"].map((id) =>
      svg("marker", { id, ...marker }, svg("path", { d: "M0 0L8 4L0 8z" })),
    )
    this.element = svg(
      "svg",
      { class: "links", "aria-hidden": "true" },
      svg("defs", {}, ...tips),
      this.#stretch,
    )
    this.above = h("div", { class: "links-above", "aria-hidden": "true" }, this.#above)
  }

  get hasWords() {
    return this.above.childElementCount > 1
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
    for (const [id, drawn] of this.#drawn) if (!wanted.has(id)) this.#drop(id, drawn)
  }

  /** A line that follows the pointer while the other end is chosen. @param {Box | null} from @param {{ x: number, y: number } | null} to */
  stretch(from, to) {
    const path = from && to ? curve(from, { ...to, w: 1, h: 1 }).path : ""
    this.#stretch.setAttribute("d", path)
  }

  /** Whether a link stands out: it is selected, or one of its cards is. @param {Item} link */
  isNear({ id, fields }) {
    return [id, fields.start, fields.end].some((each) => this.context.isSelected(each))
  }

  /**
   * @param {Item} link
   * @param {Box} from
   * @param {Box} to
   */
  #drawOne(link, from, to) {
    const drawn = this.#drawn.get(link.id) ?? this.#make(link.id)
    const { path, middle } = curve(from, to)
    const near = this.isNear(link)
    const selected = this.context.isSelected(link.id)
    drawn.group.setAttribute("class", `link${selected ? " selected" : ""}${near ? " near" : ""}`)
    this.#layer(drawn, near)
    setText(drawn.word, this.context.meanings.find((each) => each.tag === link.fields.means)?.word ?? "")
    if (drawn.path === path) return
    drawn.path = path
    for (const line of drawn.group.children) line.setAttribute("d", path)
    drawn.word.style.translate = `${middle.x}px ${middle.y}px`
  }

  /** Puts a link beneath the cards or above them; the words of many would cover the cards. @param {Drawn} drawn @param {boolean} near */
  #layer({ group, word }, near) {
    const layer = near ? this.#above : this.element
    if (group.parentNode !== layer) layer.append(group)
    group.lastElementChild?.setAttribute("marker-end", near ? "url(#tip-near)" : "url(#tip)")
    const speaks = near && this.context.selection.size === 1
    if (speaks && !word.isConnected) this.above.append(word)
    if (!speaks) word.remove()
  }

  /** @param {string} id */
  #make(id) {
    const lines = ["hit", "halo", "curve"].map((name) => svg("path", { class: name }))
    const group = /** @type {SVGElement} */ (svg("g", {}, ...lines))
    const word = h("span", { class: "link-word", dir: "auto", data: { id } })
    group.dataset.id = id
    const drawn = { group, word, path: "" }
    this.#drawn.set(id, drawn)
    return drawn
  }

  /** @param {string} id @param {Drawn} drawn */
  #drop(id, { group, word }) {
    group.remove()
    word.remove()
    this.#drawn.delete(id)
  }
}
