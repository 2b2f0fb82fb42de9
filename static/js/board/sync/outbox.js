// One's own ops until they are answered: queued, stored on this device, sent to the server in order.

import { Emitter } from "./events.js"
import { isEncodable } from "./protocol.js"
import { enqueue, freeze, pending, resume, settle, unnumbered, withdraw } from "./queue.js"
import { QueueSaver } from "./queue_saver.js"
import { refusals } from "./refusal.js"
import { Gestures } from "./undo.js"

/** @typedef {import("app/board/schema.js").AnyOp} AnyOp */
/** @typedef {import("app/board/schema.js").OpResult} OpResult */
/** @typedef {import("./queue.js").Entry} Entry */
/** @typedef {import("./undo.js").OpRequest} OpRequest */
/** @typedef {import("app/board/device/device_store.js").Store} Store */

export class Outbox extends Emitter {
  /** @type {import("./queue.js").Queue} */
  queue = []
  gestures = new Gestures()
  /** @type {Map<number, number>} the deeds that came of our entries */
  #deeds = new Map()
  /** @type {Set<number>} what went out on the present line */
  #sent = new Set()
  #lastN = 0
  #nextKey = 1
  /** @type {number | null} where the server stood when it lacked numbers that it had answered before */
  #lastMissing = null
  #pumping = false
  #again = false

  /**
   * @param {string} tab this tab's place on this device
   * @param {Store | null} store null where the queue is not to be stored
   * @param {(entries: Entry[]) => boolean} send
   */
  constructor(tab, store, send) {
    super()
    this.tab = tab
    /** The client id that the server knows us by. */
    this.client = tab
    this.store = store
    this.saver = new QueueSaver(tab, store, () => this.#changed())
    this.send = send
    this.live = false
  }

  /** How many entries of the queue are stored on this device. */
  get kept() {
    return this.saver.kept
  }

  /** @param {import("app/board/device/device_store.js").KeptQueue} kept */
  load({ queue, client, lastN, nextKey }) {
    this.queue = queue
    this.client = client
    this.#lastN = lastN
    this.#nextKey = nextKey
    this.saver.kept = queue.length
    this.store?.noteStored(queue)
  }

  /**
   * Queues ops as one gesture.
   * @param {OpRequest[]} requests
   * @param {string} say
   * @param {string} [token]
   */
  add(requests, say, token) {
    const taken = requests.filter((request) => this.#takes(request))
    if (taken.length) this.gestures.record({ keys: this.#enqueue(taken), say, token })
    this.#changed()
  }

  /** What cannot be encoded is refused here: in the queue it would hold up all behind it. @param {OpRequest} request */
  #takes(request) {
    if (isEncodable(request)) return true
    const ack = { n: null, code: "invalid", say: "This cannot be sent to the server." }
    for (const refusal of refusals(request, ack)) this.emit("refused", refusal)
    return false
  }

  /** Takes the newest gesture back. Gives what it was in words; undefined where there is none. */
  undo() {
    const gesture = this.gestures.popUndo()
    if (gesture) this.gestures.pushRedo(this.#reverse(gesture))
    return gesture?.say
  }

  redo() {
    const gesture = this.gestures.popRedo()
    if (gesture) this.gestures.pushUndo(this.#reverse(gesture))
    return gesture?.say
  }

  /** What can be undone or redone, to be stored for this tab. @param {number} most */
  undoState(most) {
    const kept = this.gestures.newest(most)
    const keys = [...kept.done, ...kept.undone].flatMap((gesture) => gesture.keys)
    return { ...kept, deeds: [...this.#deeds].filter(([key]) => keys.includes(key)) }
  }

  /** Brings back after a reload what `undoState` gave. New keys continue after those that it names. @param {ReturnType<Outbox["undoState"]>} kept */
  restoreUndo({ deeds, ...kept }) {
    this.#deeds = new Map(deeds)
    this.#nextKey = Math.max(this.#nextKey, ...deeds.map(([key]) => key + 1))
    this.gestures.restore(kept, (key) => this.#deeds.has(key) || this.queue.some((each) => each.key === key))
  }

  ops() {
    return pending(this.queue)
  }

  /**
   * The connection is up: what the server has counts as done, the rest is sent again.
   * @param {number} lastN
   * @returns {boolean} false where another client must say hello: the server has lost what it answered to this one
   */
  connected(lastN) {
    const { queue, lastN: highest, missing } = resume(this.queue, lastN, this.#lastN)
    const lost = missing && this.#lastMissing === lastN
    this.#lastMissing = missing ? lastN : null
    this.queue = queue
    this.#lastN = highest
    this.#sent.clear()
    this.live = true
    if (lost) this.#startOver()
    this.#changed()
    return !lost
  }

  /** After it was restored from a backup the server knows neither our numbers nor the deeds that we could undo. */
  #startOver() {
    this.client = crypto.randomUUID()
    this.queue = unnumbered(this.queue)
    this.#lastN = 0
    this.#lastMissing = null
    this.#deeds.clear()
    this.gestures.clear()
  }

  /** Ops reach the server again: continue with the queue. */
  resume() {
    this.live = true
    this.#changed()
  }

  /** @param {OpResult[]} acks */
  settle(acks) {
    for (const ack of acks) {
      const { queue, entry } = settle(this.queue, ack)
      this.queue = queue
      if (entry) this.#answered(entry, ack)
      this.#lastMissing = null
    }
    if (acks.length) this.#changed()
  }

  /** What is not known to be stored on this device, with what belongs to the whole queue. */
  unstored() {
    const queue = this.store ? this.store.unstored(this.queue) : [...this.queue]
    return { queue, client: this.client, lastN: this.#lastN, nextKey: this.#nextKey }
  }

  /** Whether ops of ours on this item are still unanswered. @param {string} id */
  isSending(id) {
    return this.ops().some((op) => op.id === id)
  }

  /**
   * @param {Entry} entry
   * @param {OpResult} ack
   */
  #answered(entry, ack) {
    if (ack.seq !== undefined) {
      this.#deeds.set(entry.key, ack.seq)
      if (!ack.undo) this.gestures.drop(entry.key) // such as publishing, which cannot be undone
    } else {
      this.gestures.drop(entry.key)
    }
    for (const refusal of refusals(entry, ack)) this.emit("refused", refusal)
    this.emit("answered", { entry, ack })
  }

  /** @param {OpRequest[]} requests */
  #enqueue(requests) {
    return requests.map((request) => {
      const { queue, entry, joined } = enqueue(this.queue, request, this.#nextKey)
      if (!joined) this.#nextKey++
      this.queue = queue
      return entry.key
    })
  }

  /**
   * Reverses a gesture: what was not sent yet is withdrawn, the server is asked to undo the rest.
   * @param {import("./undo.js").Gesture} gesture
   * @returns {import("./undo.js").Gesture}
   */
  #reverse({ keys, say, again: requests = [] }) {
    const waiting = this.queue.filter((entry) => entry.n === null && keys.includes(entry.key))
    const gone = waiting.map((entry) => entry.key)
    this.queue = withdraw(this.queue, gone)
    const back = keys
      .filter((key) => !gone.includes(key))
      .reverse()
      .map((key) => (this.#deeds.has(key) ? { undo: this.#deeds.get(key) } : { after: key }))
    const again = waiting.map(({ key: _key, n: _n, ...request }) => request)
    const made = this.#enqueue([...requests, ...back])
    this.#changed()
    return { keys: made, say, again }
  }

  #changed() {
    this.emit("changed")
    this.#pump()
  }

  /** Numbers what may be sent, stores it on this device, then sends it: in this order, so that no number is used twice. */
  async #pump() {
    this.#again = true
    if (this.#pumping) return
    this.#pumping = true
    while (this.#again) {
      this.#again = false
      if (this.live) this.#number()
      await this.#keep()
      if (this.live) this.#sendOut()
    }
    this.#pumping = false
  }

  #number() {
    const { queue, lastN } = freeze(this.queue, this.#lastN)
    this.queue = queue
    this.#lastN = lastN
  }

  #sendOut() {
    const ready = this.queue.filter((entry) => entry.n !== null && !this.#sent.has(entry.n))
    if (this.#again || !ready.length || !this.send(ready)) return // changed while it was stored: the next round sends it
    for (const entry of ready) this.#sent.add(/** @type {number} */ (entry.n))
  }

  async #keep() {
    const { queue, client } = this
    await this.saver.save({ queue, client, lastN: this.#lastN, nextKey: this.#nextKey })
    this.emit("kept")
  }
}
