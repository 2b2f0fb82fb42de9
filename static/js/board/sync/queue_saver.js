// Stores a tab's queue on this device. A device that is full, refuses or does not answer holds up nothing.
import { within } from "app/lib/within.js"

/** @typedef {import("app/board/device/device_store.js").Store} Store */
/** @typedef {import("app/board/device/device_store.js").KeptQueue} KeptQueue */

const PATIENCE = 2000 // ms

export class QueueSaver {
  /** How many entries of the queue are stored. */
  kept = 0
  /** Whether the last write was stored; if not, the queue is kept in this tab only. */
  storing
  /** Whether a write is not finished yet that was given up waiting for. */
  #stuck = false

  /**
   * @param {string} tab
   * @param {Store | null} store
   * @param {() => void} free called when a device that did not answer does so again
   */
  constructor(tab, store, free) {
    this.tab = tab
    this.store = store
    this.free = free
    this.storing = store !== null
    this.patience = PATIENCE
  }

  /** @param {KeptQueue} kept */
  async save(kept) {
    if (!this.store || this.#stuck) return
    const saving = this.store.saveQueue(this.tab, kept)
    try {
      await within(saving, this.patience)
      this.storing = true
    } catch (error) {
      this.storing = false // never say that something is stored when it is not; the next change tries again
      if (error instanceof DOMException && error.name === "TimeoutError") this.#waitFor(saving)
    }
    this.kept = this.storing ? kept.queue.length : 0
  }

  /** @param {Promise<void>} saving */
  #waitFor(saving) {
    this.#stuck = true
    const free = () => {
      this.#stuck = false
      this.free()
    }
    saving.then(free, free)
  }
}
