// Keeps the board in step over HTTP while no socket carries (C9): sends our ops, then asks what is new, again and again.
import { Poster } from "./poster.js"

/** @typedef {import("../protocol.js").Message} Message */
/** @typedef {import("app/board/schema.js").OpResult} OpResult */
/**
 * @typedef {object} Handlers
 * @property {() => boolean} mayPost whether our ops may go out: not before it is known who is signed in here
 * @property {(acks: OpResult[], news: Message) => void} done
 * @property {(error: unknown) => void} failed
 * @property {() => void} doubted
 */

const EVERY = 2000

export class Polling {
  /** Whether the last answer is too old to know that we are still connected. */
  doubt = false
  /** Whether the server answers, but no op gets through to it. */
  blocked = false
  #timer = /** @type {any} */ (null)
  #busy = false
  /** The highest number that was tried to post: what did not pass is tried again with the next regular round only. */
  #tried = 0

  /**
   * @param {import("./transport.js").HttpTransport} http
   * @param {import("../outbox.js").Outbox} outbox
   * @param {import("../replica.js").Replica} replica
   * @param {Handlers} handlers
   */
  constructor(http, outbox, replica, handlers) {
    this.http = http
    this.poster = new Poster(http)
    this.outbox = outbox
    this.replica = replica
    this.handlers = handlers
  }

  get running() {
    return this.#timer !== null
  }

  /** @param {import("../connection.js").Clock} clock */
  start(clock) {
    this.#setDoubt(this.#busy)
    this.#timer = clock.set(() => this.start(clock), EVERY)
    this.round()
  }

  /** @param {import("../connection.js").Clock} clock */
  stop(clock) {
    clock.clear(this.#timer)
    this.#timer = null
    this.doubt = false
    this.blocked = false
  }

  /** The network may have changed: nothing is known until the next answer. */
  wake() {
    this.#setDoubt(true)
    this.round()
  }

  /** New ops go out at once. @param {import("../queue.js").Entry[]} entries */
  offer(entries) {
    if (entries.some(({ n }) => Number(n) > this.#tried)) this.round()
  }

  /** Sends what is to be sent and asks for news, unless it does so already. Acks are used once their effect is here (D6). */
  async round() {
    if (this.#busy || !this.running) return
    this.#busy = true
    const { outbox, replica } = this
    try {
      const ready =
        this.handlers.mayPost() || this.blocked ? outbox.queue.filter((each) => each.n !== null) : []
      this.#tried = ready.at(-1)?.n ?? this.#tried
      const { acks, stuck } = await this.poster.post(outbox.client, ready)
      const news = await this.http.changes(outbox.client, replica.cursor, replica.audience)
      const last = stuck ? await this.poster.giveUp(outbox.client, stuck) : []
      this.blocked = this.running && !last
      this.doubt = false
      if (this.running) this.handlers.done([...acks, ...(last ?? [])], news)
    } catch (error) {
      this.doubt = false
      if (this.running) this.handlers.failed(error)
    } finally {
      this.#busy = false
    }
  }

  /** @param {boolean} doubt */
  #setDoubt(doubt) {
    if (this.doubt === doubt) return
    this.doubt = doubt
    this.handlers.doubted()
  }
}
