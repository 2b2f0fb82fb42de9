// The boxes in which somebody types. Where their words cannot be saved any more they stay, with the reason.

import { ending, obstacle } from "./obstacle.js"
import { stranded } from "./stranded.js"

/** @typedef {import("app/board/schema.js").AnyOp} AnyOp */
/** @typedef {import("app/board/device/device_store.js").Draft} Draft */
/** @typedef {import("app/board/context.js").BoardContext} BoardContext */
/**
 * @typedef {object} Box
 * @property {HTMLTextAreaElement | HTMLInputElement} input
 * @property {HTMLElement} note                 where the reason is shown
 * @property {() => string | null} unsent       what is typed and not sent
 * @property {(words: string) => AnyOp} op      the op that saves it
 * @property {() => import("app/board/device/device_store.js").From} [from]  what its text is a change of
 * @property {() => void} [flush]               sends what is unsent; none where that waits for a button
 */

export class OpenBoxes {
  /** Each box, and the id that its words have under "Not saved". @type {Map<Box, string>} */
  #boxes = new Map()

  /** @param {BoardContext} context */
  constructor(context) {
    this.context = context
    for (const news of ["changed", "welcome", "ended"]) context.sync.on(news, () => this.#checkAll())
  }

  /** @param {Box} box */
  open(box) {
    this.#boxes.set(box, this.#boxes.get(box) ?? crypto.randomUUID())
    this.check(box)
  }

  /** Sends what can be sent; the rest goes under "Not saved". @param {Box} box */
  close(box) {
    box.flush?.()
    this.check(box)
    this.#boxes.delete(box)
    stranded(box.note, null, () => "")
  }

  /**
   * Sends the words of a box, unless something keeps them from being saved: then they go under "Not saved".
   * @param {Box} box
   * @param {() => boolean} send
   */
  send(box, send) {
    return this.check(box) ? send() : false
  }

  /** Shows why the words of a box cannot be saved, and keeps them. @param {Box} box @returns {boolean} whether they can */
  check(box) {
    const { context } = this
    const id = this.#boxes.get(box)
    const why = obstacle(context, box.op(""))
    stranded(
      box.note,
      why ?? ending(context.sync.ended, context.outbox.store !== null),
      () => box.input.value,
    )
    const draft = why && id ? asDraft(box, id, why) : null
    if (draft) context.unsaved.keep(draft)
    if (why || !id || !context.unsaved.has(id)) return !why
    context.unsaved.drop(id) // it is possible again
    box.flush?.()
    return true
  }

  /** Whether somebody types in a box of this part of the page, or has words in it that are not sent. @param {Element} root */
  inUse(root) {
    const here = [...this.#boxes.keys()].filter(({ input }) => root.contains(input))
    return here.some((box) => box.input === document.activeElement || box.unsent()?.trim())
  }

  flush() {
    for (const box of this.#boxes.keys()) box.flush?.()
  }

  /** The words that are in no op: those that cannot be sent, and those that wait for a button. @returns {Draft[]} */
  unsent() {
    return [...this.#boxes].flatMap(([box, id]) => {
      const why = obstacle(this.context, box.op("")) ?? "You had not sent this yet."
      return asDraft(box, id, why) ?? []
    })
  }

  #checkAll() {
    for (const box of this.#boxes.keys()) this.check(box)
  }
}

/** @param {Box} box @param {string} id @param {string} say @returns {Draft | null} */
function asDraft(box, id, say) {
  const words = box.unsent()
  return words?.trim() ? { id, words, say, op: box.op(words), from: box.from?.(), at: Date.now() } : null
}
