// The board as the server last told it, with one's own unanswered deeds laid over it. No page, no clock.
import { predict } from "./predict.js"

/** @typedef {import("app/board/schema.js").Item} Item */
/** @typedef {import("app/board/schema.js").AnyOp} AnyOp */
/** @typedef {import("app/board/schema.js").Welcome} Welcome */
/** @typedef {import("app/board/schema.js").Changes} Changes */

export class Replica {
  /** What the server says. @type {Map<string, Item>} */
  items = new Map()
  /** What the page shows: the same with own unanswered deeds. @type {Map<string, Item>} */
  view = new Map()
  /** The deed up to which `items` is complete. */
  cursor = 0
  /** @type {string | null} */
  audience = null
  /** @type {Map<string, Item | null>} */
  #over = new Map()
  /** @type {Welcome[]} */
  #parts = []

  /**
   * Takes one part of a welcome. Null until all parts are there (D11), then the ids that changed.
   * @param {Welcome} message
   * @returns {Set<string> | null}
   */
  welcome(message) {
    const { i, of } = message.part ?? { i: 1, of: 1 }
    if (i === 1) this.#parts = []
    this.#parts.push(message)
    if (i < of || this.#parts.length < of) return null
    const puts = this.#parts.flatMap((part) => part.puts)
    const dels = this.#parts.flatMap((part) => part.dels)
    this.#parts = []
    this.audience = message.audience
    this.cursor = message.to
    return this.#merge(puts, message.full ? this.#missing(puts) : dels)
  }

  /**
   * The ids that changed; null where the frame does not go on from our cursor (D2).
   * @param {Changes} message
   * @returns {Set<string> | null}
   */
  changes(message) {
    if (message.from !== this.cursor) return null
    this.cursor = message.to
    return this.#merge(message.puts, message.dels)
  }

  /**
   * Lays the unanswered ops over what the server said, in order. The ids whose look changed.
   * @param {AnyOp[]} ops
   * @param {{ id: string, at: number }} me
   * @returns {Set<string>}
   */
  overlay(ops, me) {
    const before = this.#over
    this.#over = new Map()
    const layered = new Layered(this.items, this.#over)
    for (const op of ops) predict(layered, op, me, (id, item) => this.#over.set(id, item))
    const touched = new Set([...before.keys(), ...this.#over.keys()])
    for (const id of touched) this.#show(id)
    return touched
  }

  /**
   * @param {Item[]} puts
   * @param {string[]} dels
   */
  #merge(puts, dels) {
    for (const id of dels) this.items.delete(id)
    for (const item of puts) this.items.set(item.id, item)
    const dirty = new Set([...dels, ...puts.map((item) => item.id)])
    for (const id of dirty) this.#show(id)
    return dirty
  }

  /** @param {Item[]} puts */
  #missing(puts) {
    const kept = new Set(puts.map((item) => item.id))
    return [...this.items.keys()].filter((id) => !kept.has(id))
  }

  /** @param {string} id */
  #show(id) {
    const item = this.#over.has(id) ? this.#over.get(id) : this.items.get(id)
    if (item) this.view.set(id, item)
    else this.view.delete(id)
  }
}

/** Items with others laid over them, as one. */
class Layered {
  /**
   * @param {Map<string, Item>} under
   * @param {Map<string, Item | null>} over
   */
  constructor(under, over) {
    this.under = under
    this.over = over
  }

  /** @param {string} id */
  get(id) {
    return this.over.has(id) ? (this.over.get(id) ?? undefined) : this.under.get(id)
  }

  *values() {
    for (const [id, item] of this.under) if (!this.over.has(id)) yield item
    for (const item of this.over.values()) if (item) yield item
  }
}
