// One's own gestures, newest last, to undo and redo. They name queue entries by key.

/** @typedef {{ op?: import("app/board/schema.js").AnyOp | import("app/board/schema.js").Batch, base?: number, read?: Record<string, string>, undo?: number, after?: number }} OpRequest */
/**
 * @typedef {object} Gesture
 * @property {number[]} keys  the queue entries it made
 * @property {string} say     what it was, in words
 * @property {string} [token] gestures that go on, such as typing in one field, share one
 * @property {OpRequest[]} [again] requests that were withdrawn before they were sent, to be made again
 */
/** @typedef {{ done: Gesture[], undone: Gesture[] }} Kept */

export class Gestures {
  /** @type {Gesture[]} */
  #done = []
  /** @type {Gesture[]} */
  #undone = []

  get canUndo() {
    return this.#done.length > 0
  }

  get canRedo() {
    return this.#undone.length > 0
  }

  /**
   * Records a gesture. One that was merged into unsent ops, or that continues the last gesture, becomes part of it.
   * @param {Gesture} gesture
   */
  record(gesture) {
    this.#undone = []
    const last = this.#done.at(-1)
    const joined = last && gesture.keys.every((key) => last.keys.includes(key))
    const going = last?.token !== undefined && last.token === gesture.token
    if (!joined && !going) return push(this.#done, gesture)
    last.keys = [...new Set([...last.keys, ...gesture.keys])]
  }

  popUndo() {
    return this.#done.pop()
  }

  popRedo() {
    return this.#undone.pop()
  }

  /** @param {Gesture} gesture */
  pushRedo(gesture) {
    push(this.#undone, gesture)
  }

  /** @param {Gesture} gesture */
  pushUndo(gesture) {
    push(this.#done, gesture)
  }

  /** The newest gestures, to be stored. @param {number} most @returns {Kept} */
  newest(most) {
    return { done: this.#done.slice(-most), undone: this.#undone.slice(-most) }
  }

  /**
   * Brings back stored gestures, without those about deeds that are no longer known.
   * @param {Kept} kept
   * @param {(key: number) => boolean} known
   */
  restore({ done, undone }, known) {
    this.#done = done.flatMap((gesture) => restored(gesture, known))
    this.#undone = undone.flatMap((gesture) => restored(gesture, known))
  }

  clear() {
    this.#done = []
    this.#undone = []
  }

  /** Forgets what goes by this token, since it is undone already. @param {string} token */
  forget(token) {
    this.#done = this.#done.filter((gesture) => gesture.token !== token)
  }

  /** Forgets a deed that was refused. @param {number} key */
  drop(key) {
    this.#done = without(this.#done, key)
    this.#undone = without(this.#undone, key)
  }
}

/**
 * @param {Gesture[]} list
 * @param {Gesture} gesture
 */
function push(list, gesture) {
  list.push(gesture)
  if (list.length > 200) list.shift()
}

/**
 * The gesture without its token: what is written next is a new gesture.
 * @param {Gesture} gesture
 * @param {(key: number) => boolean} known
 * @returns {Gesture[]} itself, or nothing
 */
function restored({ keys, say, again = [] }, known) {
  const left = { keys: keys.filter(known), say, again }
  const whole = again.every((request) => request.after === undefined || known(request.after))
  return whole && (left.keys.length || again.length) ? [left] : []
}

/**
 * @param {Gesture[]} list
 * @param {number} key
 */
function without(list, key) {
  return list
    .map((gesture) => ({ ...gesture, keys: gesture.keys.filter((each) => each !== key) }))
    .filter((gesture) => gesture.keys.length || gesture.again?.length)
}
