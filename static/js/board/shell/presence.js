// Where the others are, and where we are: at most ten times a second, and only when something changed (R1).

import { round } from "app/board/canvas/geometry.js"
import { arrange, h, setText } from "app/lib/dom.js"

/** @typedef {import("app/board/schema.js").Here & { id: string }} Here */
/** @typedef {import("app/board/context.js").Desk} Desk */
/** @typedef {import("app/board/canvas/renderer.js").Stage} Stage */

const PACE = 100
const STALE = 20_000 // a cursor that has not moved for so long is put away

export class Presence {
  /** @type {Map<string, Here & { at: number }>} */
  here = new Map()
  /** @type {Map<string, HTMLElement>} */
  #cursors = new Map()
  #told = ""
  /** @type {any} */
  #timer = null
  /** @type {{ x: number, y: number } | null} */
  #point = null

  /**
   * @param {Desk} desk
   * @param {Stage} stage
   */
  constructor(desk, stage) {
    this.desk = desk
    this.stage = stage
    desk.sync.on("here", (message) => this.#hear(message))
    desk.sync.on("state", () => desk.sync.live || this.#forget())
    desk.on("drawn", () => this.#draw())
    desk.on("filled", () => this.#marks())
    desk.on("selected", () => this.#plan())
    const { screen } = stage.lens
    screen.addEventListener("pointermove", (event) => this.#moved(stage.lens.point(event)))
    screen.addEventListener("pointerleave", () => this.#moved(null))
    screen.addEventListener("focusin", () => this.#plan())
    screen.addEventListener("focusout", () => this.#plan())
  }

  /** @param {{ x: number, y: number } | null} point */
  #moved(point) {
    this.#point = point && { x: round(point.x), y: round(point.y) }
    this.#plan()
  }

  #plan() {
    this.#timer ??= setTimeout(() => {
      this.#timer = null
      this.#tell()
    }, PACE)
  }

  #tell() {
    const { selected, writing } = this.desk
    const card = this.desk.get(selected)
    const on = card?.item === "card" && !card.fields.draft ? selected : null
    const now = { ...this.#point, ...(on ? { on, writing: writing === on || isTyping() } : {}) }
    const text = JSON.stringify(now)
    if (text === this.#told || !this.desk.sync.line.send({ type: "here", ...now })) return
    this.#told = text
  }

  /** @param {{ people?: Here[], left?: string[] }} message */
  #hear({ people = [], left = [] }) {
    for (const person of people) this.here.set(person.id, { ...person, at: Date.now() })
    for (const id of left) this.here.delete(id)
    for (const { id } of people) this.desk.people.get(id)
    this.desk.tell("here", this.here)
    this.#draw()
    this.#marks()
  }

  #forget() {
    this.#told = ""
    if (!this.here.size) return
    this.here.clear()
    this.desk.tell("here", this.here)
    this.#draw()
    this.#marks()
  }

  #draw() {
    const shown = this.#others().filter((each) => typeof each.x === "number" && Date.now() - each.at < STALE)
    arrange(
      this.stage.cursors,
      shown.map((each) => this.#cursor(each)),
    )
  }

  #others() {
    return [...this.here.values()].filter((each) => each.id !== this.desk.about.me)
  }

  /** @param {Here} person */
  #cursor({ id, x = 0, y = 0 }) {
    const element = this.#cursors.get(id) ?? h("span", {})
    this.#cursors.set(id, element)
    element.className = `cursor ${this.desk.people.colour(id)}`
    element.style.transform = `translate(${x}px, ${y}px) scale(${1 / this.stage.lens.k})`
    setText(element, this.desk.people.name(id))
    return element
  }

  /** Who is writing on which card, below it. */
  #marks() {
    const writing = new Map(this.#others().flatMap(({ id, on, writing: is }) => (on && is ? [[on, id]] : [])))
    for (const [id, card] of this.stage.cards.elements) {
      const person = writing.get(id)
      if (!person) {
        delete card.dataset.writing
        continue
      }
      card.dataset.writing = ""
      const tag = /** @type {HTMLElement} */ (card.lastElementChild)
      tag.className = `card-who ${this.desk.people.colour(person)}`
      setText(tag, `${this.desk.people.name(person)} is writing`)
    }
  }
}

function isTyping() {
  return document.activeElement instanceof HTMLTextAreaElement
}
