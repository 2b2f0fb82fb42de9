// One's own gestures, newest last, to take back and to do again. Keys of queue entries in, keys out.

/** @typedef {{ op?: import("./wire.js").Op, base?: number, undo?: number, after?: number }} Wish */
/**
 * @typedef {object} Gesture
 * @property {number[]} keys  the queue entries it made
 * @property {string} say     what it was, in words
 * @property {string} [token] gestures that go on, such as typing in one field, share one
 * @property {Wish[]} [again] wishes that were withdrawn before they were sent, to be made again
 */

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
   * Notes a gesture. What joined a deed not sent yet, or goes on with the last gesture, belongs to that one.
   * @param {Gesture} gesture
   */
  did(gesture) {
    this.#undone = []
    const last = this.#done.at(-1)
    const joined = last && gesture.keys.every((key) => last.keys.includes(key))
    const going = last?.token !== undefined && last.token === gesture.token
    if (!joined && !going) return push(this.#done, gesture)
    last.keys = [...new Set([...last.keys, ...gesture.keys])]
  }

  takeBack() {
    return this.#done.pop()
  }

  takeAgain() {
    return this.#undone.pop()
  }

  /** @param {Gesture} gesture */
  undone(gesture) {
    push(this.#undone, gesture)
  }

  /** @param {Gesture} gesture */
  redone(gesture) {
    push(this.#done, gesture)
  }

  clear() {
    this.#done = []
    this.#undone = []
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
 * @param {Gesture[]} list
 * @param {number} key
 */
function without(list, key) {
  return list
    .map((gesture) => ({ ...gesture, keys: gesture.keys.filter((each) => each !== key) }))
    .filter((gesture) => gesture.keys.length || gesture.again?.length)
}
