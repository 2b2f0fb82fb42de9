// Shows where others are, and sends where we are: at most ten times a second, and only when it changed (R1).

import { round } from "app/board/canvas/geometry.js"
import { arrange, h, setText } from "app/lib/dom.js"

/** @typedef {import("app/board/schema.js").Here & { id: string }} Here */
/** @typedef {import("app/board/context.js").BoardContext} BoardContext */
/** @typedef {import("app/board/canvas/renderer.js").Renderer} Renderer */

const PACE = 100
const STALE = 20_000 // ms; a cursor that has not moved for this long is hidden

export class Presence {
  /** @type {Map<string, HTMLElement>} */
  #cursors = new Map()
  #sent = ""
  /** @type {any} */
  #timer = null
  /** @type {{ x: number, y: number } | null} */
  #point = null

  /**
   * @param {BoardContext} context
   * @param {Renderer} renderer
   */
  constructor(context, renderer) {
    this.context = context
    this.here = context.here
    this.renderer = renderer
    context.sync.on("here", (message) => this.#receive(message))
    context.sync.on("state", () => context.sync.live || this.#forget())
    context.on("drawn", () => this.#draw())
    context.on("redrawn", () => this.#markWriting())
    context.on("selected", () => this.#schedule())
    const { screen } = renderer.viewport
    screen.addEventListener("pointermove", (event) => this.#moved(renderer.viewport.point(event)))
    screen.addEventListener("pointerleave", () => this.#moved(null))
    screen.addEventListener("focusin", () => this.#schedule())
    screen.addEventListener("focusout", () => this.#schedule())
  }

  /** @param {{ x: number, y: number } | null} point */
  #moved(point) {
    this.#point = point && { x: round(point.x), y: round(point.y) }
    this.#schedule()
  }

  #schedule() {
    this.#timer ??= setTimeout(() => {
      this.#timer = null
      this.#send()
    }, PACE)
  }

  #send() {
    const { selected, writing } = this.context
    const item = this.context.get(selected)
    const on = ["card", "section"].includes(item?.item ?? "") && !item?.fields.draft ? selected : null
    const now = { ...this.#point, ...(on ? { on, writing: writing === on || isTyping() } : {}) }
    const text = JSON.stringify(now)
    if (text === this.#sent || !this.context.sync.connection.send({ type: "here", ...now })) return
    this.#sent = text
  }

  /** @param {{ people?: Here[], left?: string[] }} message */
  #receive({ people = [], left = [] }) {
    for (const person of people) this.here.set(person.id, { ...person, at: Date.now() })
    for (const id of left) this.here.delete(id)
    for (const { id } of people) this.context.people.get(id)
    this.context.emit("here", this.here)
    this.#draw()
    this.#markWriting()
  }

  #forget() {
    this.#sent = ""
    if (!this.here.size) return
    this.here.clear()
    this.context.emit("here", this.here)
    this.#draw()
    this.#markWriting()
  }

  #draw() {
    const shown = this.#others().filter((each) => typeof each.x === "number" && Date.now() - each.at < STALE)
    arrange(
      this.renderer.cursors,
      shown.map((each) => this.#cursor(each)),
    )
  }

  #others() {
    return [...this.here.values()].filter((each) => each.id !== this.context.about.me)
  }

  /** @param {Here} person */
  #cursor({ id, x = 0, y = 0 }) {
    const element = this.#cursors.get(id) ?? h("span", { dir: "auto" })
    this.#cursors.set(id, element)
    element.className = `cursor ${this.context.people.colour(id)}`
    element.style.transform = `translate(${x}px, ${y}px) scale(${1 / this.renderer.viewport.k})`
    setText(element, this.context.people.name(id))
    return element
  }

  /** Marks the cards that somebody is writing on, with their name below. */
  #markWriting() {
    const writing = new Map(this.#others().flatMap(({ id, on, writing: is }) => (on && is ? [[on, id]] : [])))
    for (const [id, card] of this.renderer.cards.elements) {
      const person = writing.get(id)
      if (!person) {
        delete card.dataset.writing
        continue
      }
      card.dataset.writing = ""
      const tag = /** @type {HTMLElement} */ (card.lastElementChild)
      tag.className = `card-who ${this.context.people.colour(person)}`
      setText(tag, `${this.context.people.name(person)} is writing`)
    }
    this.#markBox(writing.get(this.context.writing ?? ""))
  }

  /** The box over a card says who else writes in it: the card itself is hidden. @param {string | undefined} person */
  #markBox(person) {
    const note = document.querySelector(".writing-too")
    if (note) setText(note, person ? `${this.context.people.name(person)} is writing here too` : "")
  }
}

function isTyping() {
  return document.activeElement instanceof HTMLTextAreaElement
}
