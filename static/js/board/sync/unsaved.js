// Words that could not be saved: on this device until the person copies them, sends them again or discards them.

import { TEXT_LIMITS } from "app/board/schema.js"
import { Emitter } from "./events.js"

/** @typedef {import("app/board/device/device_store.js").Draft} Draft */

export class Unsaved extends Emitter {
  /** @type {Draft[]} */
  list = []
  /** Those whose writing to the device has not ended yet, by id. @type {Map<string, Draft>} */
  #writing = new Map()

  /** @param {() => import("app/board/device/device_store.js").Store | null} store null where the browser keeps nothing */
  constructor(store) {
    super()
    this.store = store
  }

  /** Adds what is stored on this device. */
  async load() {
    for (const draft of (await this.store()?.drafts()) ?? []) if (!this.has(draft.id)) this.list.push(draft)
    this.emit("changed")
  }

  /** @param {string} id */
  has(id) {
    return this.list.some((draft) => draft.id === id)
  }

  /** Keeps words, in the place of those that they contain; not at all where other words contain them. @param {Draft} draft */
  keep(draft) {
    const fresh = !this.has(draft.id)
    const others = this.list.filter((each) => each.id !== draft.id)
    if (others.some((each) => contains(each, draft))) return this.drop(draft.id)
    const shorter = others.filter((each) => contains(draft, each))
    for (const each of shorter) this.drop(each.id)
    const whole = { ...draft, from: shorter[0]?.from ?? draft.from } // as the shorter words were not saved either
    this.list = [...this.list.filter((each) => each.id !== draft.id), whole]
    this.#write(whole)
    if (fresh) this.emit("kept", whole)
    return this.emit("changed")
  }

  /** @param {string} id */
  drop(id) {
    if (!this.has(id)) return
    this.list = this.list.filter((draft) => draft.id !== id)
    this.#writing.delete(id)
    this.store()
      ?.dropDraft(id)
      .catch(() => {})
    this.emit("changed")
  }

  /** Those that are not known to be stored on this device. */
  unstored() {
    return this.store() ? [...this.#writing.values()] : this.list
  }

  /** @param {Draft} draft */
  async #write(draft) {
    this.#writing.set(draft.id, draft)
    try {
      await this.store()?.keepDraft(draft)
      if (this.#writing.get(draft.id) === draft) this.#writing.delete(draft.id)
    } catch {
      // The device is full or refuses: `unstored` goes on naming it.
    }
  }
}

/** Whether the first text is for the same place as the second, and begins with it. @param {Draft} longer @param {Draft} shorter */
function contains(longer, shorter) {
  return placeOf(longer.op) === placeOf(shorter.op) && longer.words.startsWith(shorter.words)
}

/** The fields of an item that an op writes words in; adding and editing alike. @param {Draft["op"]} op */
function placeOf(op) {
  const fields = Object.keys(TEXT_LIMITS).filter((field) => /** @type {any} */ (op)[field] !== undefined)
  return [op.do.replace(/^\w+_/, ""), op.id, ...fields].join(" ")
}
