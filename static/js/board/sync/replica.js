// The board as the server last sent it, with the predicted effect of one's own unanswered ops on top. Pure.
import { Layered } from "./layered.js"
import { predict } from "./predict.js"

/** @typedef {import("app/board/schema.js").Item} Item */
/** @typedef {import("app/board/schema.js").AnyOp} AnyOp */
/** @typedef {import("app/board/schema.js").Welcome} Welcome */
/** @typedef {import("app/board/schema.js").Changes} Changes */

export class Replica {
  /** The items as the server has them. @type {Map<string, Item>} */
  items = new Map()
  /** The items as the page shows them: with the effect of own unanswered ops. @type {Map<string, Item>} */
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
   * Takes in one part of a welcome. Gives null until all parts are here (D11), then the ids that changed.
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
   * Gives the ids that changed; null where the frame does not begin at our cursor (D2).
   * @param {Changes} message
   * @returns {Set<string> | null}
   */
  changes(message) {
    if (message.from !== this.cursor) return null
    this.cursor = message.to
    this.audience = message.audience ?? this.audience
    return this.#merge(message.puts, message.dels)
  }

  /**
   * Predicts the unanswered ops, in order, on top of what the server has. Gives the ids of items that look different.
   * @param {AnyOp[]} ops
   * @param {{ id: string, at: number }} me
   * @returns {Set<string>}
   */
  overlay(ops, me) {
    const before = this.#over
    this.#over = new Map()
    const layered = new Layered(this.items, this.#over)
    for (const op of ops) predict(layered, op, me, (id, item) => layered.put(id, item))
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
