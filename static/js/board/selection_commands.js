// What a person can do to many items at once: each is one step for undo, and is announced in a sentence.
import { plural } from "app/lib/words.js"
import * as batches from "./sync/batches.js"
import { inBatches } from "./sync/parts.js"

/** @typedef {import("./schema.js").AnyOp} AnyOp */
/** @typedef {import("./sync/batches.js").NewCard} NewCard */

export class SelectionCommands {
  /** @param {import("./context.js").BoardContext} context @param {import("./commands.js").Commands} commands */
  constructor(context, commands) {
    this.context = context
    this.commands = commands
  }

  /** The ids of one's own cards. */
  mine() {
    return batches.cardsBy(this.#items, this.context.about.me)
  }

  /** @param {Iterable<string>} ids @param {string | null} section @param {string | null} [after] */
  moveTo(ids, section, after) {
    const title = this.context.get(section)?.fields.title ?? "outside the sections"
    return this.#do(batches.moveTo(this.#items, ids, section, after), (many) => `Moved ${many} to ${title}`)
  }

  /** @param {{ id: string, x: number, y: number }[]} places from the corner of the section @param {string | null} section */
  place(places, section) {
    const parts = batches.place(
      this.#items,
      places.map((each) => ({ ...each, section })),
    )
    return this.#do(parts, (many) => `Moved ${many}`)
  }

  /** By key: steps in a row are one step for undo. @param {{ id: string, x: number, y: number }[]} places */
  nudge(places) {
    const token = `nudge ${places.map(({ id }) => id).join(" ")}`
    return this.#do(batches.place(this.#items, places), (many) => `Moved ${many}`, token)
  }

  /** @param {Iterable<string>} ids @param {string} kind */
  setKind(ids, kind) {
    const word = this.context.kindWord(kind).toLowerCase()
    return this.#do(
      batches.setKind(this.#items, ids, kind),
      (many) => `Changed the kind of ${many} to ${word}`,
    )
  }

  /** @param {Iterable<string>} ids */
  remove(ids) {
    return this.#do(batches.remove(this.#items, ids), (many) => `Removed ${many}`)
  }

  /** What was copied before. @param {Iterable<string>} ids */
  cut(ids) {
    const say = "Paste them on a board, or as text elsewhere"
    return this.#do(batches.remove(this.#items, ids), (many) => `Cut ${many}. ${say}`)
  }

  /**
   * By key, in sections of rows to another place in turn and elsewhere by some pixels, as one step.
   * @param {{ ids: string[], section: string, after: string | null }[]} turns
   * @param {{ id: string, x: number, y: number }[]} places
   */
  step(turns, places) {
    const moves = turns.flatMap(({ ids, section, after }) => batches.moveTo(this.#items, ids, section, after))
    return this.#do([...moves, ...batches.place(this.#items, places)], (many) => `Moved ${many}`)
  }

  /** The ids of the copies. @param {Iterable<string>} ids @returns {string[]} */
  duplicate(ids) {
    const parts = batches.duplicate(this.#items, ids, { draft: this.context.drafting })
    return this.#do(parts, (many) => `Copied ${many}`) ? parts.map(({ id }) => id) : []
  }

  /** The ids of the new cards, as from pasted rows. @param {NewCard[]} cards @returns {string[]} */
  add(cards) {
    const draft = this.context.drafting ? { draft: true } : {}
    const parts = batches.addCards(cards.map((card) => ({ ...card, ...draft })))
    return this.#do(parts, (many) => `Added ${many}`) ? parts.map(({ id }) => id) : []
  }

  /** @param {{ id: string, item: string }[]} removed */
  restore(removed) {
    const what = new Set(removed.map(({ item }) => item)).size === 1 ? removed[0].item : "item"
    return this.#do(batches.restore(removed), () => `Restored ${plural(removed.length, what)}`)
  }

  get #items() {
    return this.context.sync.view
  }

  /** @param {AnyOp[]} parts @param {(many: string) => string} say @param {string} [token] @returns {boolean} whether anything was done */
  #do(parts, say, token) {
    if (!parts.length) return false
    const ops = /** @type {any} */ (inBatches(parts, this.context.sync.limits))
    return this.commands.do(ops, say(plural(parts.length, "card")), { offer: true, token })
  }
}
