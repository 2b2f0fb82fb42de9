// Keeps the board in step with the server: the replica, one's own ops on top of it, and the connection.
import { LIMITS, VERSION } from "app/board/schema.js"
import { Connection } from "./connection.js"
import { Emitter } from "./events.js"
import { HttpRefusal } from "./http_transport.js"
import { write } from "./protocol.js"
import { Replica } from "./replica.js"

/** @typedef {import("./protocol.js").Message} Message */
/** @typedef {import("app/board/schema.js").Welcome} Welcome */
/** @typedef {import("app/board/schema.js").Changes} Changes */
/** @typedef {import("./queue.js").Entry} Entry */
/** @typedef {import("./outbox.js").Outbox} Outbox */

const POLL = 2000

export class Sync extends Emitter {
  replica = new Replica()
  limits = LIMITS
  /** @type {import("app/board/schema.js").You | null} */
  you = null
  /** Whether ops reach the server now, by socket or over HTTP. */
  live = false
  /** @type {string | undefined} why it stopped for good */
  ended
  #poll = /** @type {any} */ (null)
  #exchanging = false

  /**
   * @param {{ me: { id: string }, outbox: Outbox, http: import("./http_transport.js").HttpTransport | null,
   *   open: () => import("./connection.js").Socket, clock?: any, visible?: () => boolean, random?: () => number }} parts
   */
  constructor({ me, outbox, http, ...options }) {
    super()
    this.me = me
    this.outbox = outbox
    this.http = http
    outbox.send = (entries) => this.#send(entries)
    outbox.on("changed", () => this.#overlay())
    this.connection = new Connection({
      ...options,
      hello: () => this.#hello(),
      onMessage: (message) => this.receive(message),
      state: (state, why, say) => this.#connectionChanged(state, why, say),
    })
  }

  get view() {
    return this.replica.view
  }

  start() {
    this.#overlay()
    this.connection.start()
  }

  /** The network is back, or the page is looked at again. */
  wake() {
    this.connection.wake()
    if (this.#poll) this.#exchange()
  }

  stop() {
    this.#stopPolling()
    this.connection.stop()
  }

  /** Shows the board that came with the page, or that is stored on this device. @param {Omit<Welcome, "type" | "last_n" | "conn" | "part">} snapshot */
  loadSnapshot(snapshot) {
    const dirty = this.replica.welcome({
      type: "welcome",
      last_n: 0,
      conn: 0,
      part: { i: 1, of: 1 },
      ...snapshot,
    })
    if (dirty) this.emit("received", { full: true, dirty })
    if (dirty) this.emit("changed", dirty)
  }

  /** @param {Message} message */
  receive(message) {
    if (message.type === "welcome") this.#welcome(/** @type {Welcome} */ (message))
    else if (message.type === "changes") this.#changes(/** @type {Changes} */ (message))
    else if (message.type === "pong") this.replica.cursor = Math.max(this.replica.cursor, message.to ?? 0)
    else this.emit(message.type, message) // here, conflict, bye: others listen to them; nobody listens to unknown messages
  }

  /** @param {Welcome} message */
  #welcome(message) {
    if (message.you.id !== this.me.id) return this.#end("somebody-else")
    this.you = message.you
    this.limits = { ...LIMITS, ...message.limits }
    const dirty = this.replica.welcome(message)
    if (!dirty) return
    this.#setLive(true)
    this.emit("received", { full: message.full, dirty })
    if (!this.outbox.connected(message.last_n) && this.connection.state === "live")
      this.connection.reconnect()
    this.emit("changed", dirty)
    this.emit("welcome", message)
    this.#emitConflicts(message)
  }

  /** @param {Changes} message */
  #changes(message) {
    const stale = message.from !== this.replica.cursor && !message.puts.length && !message.dels.length
    const dirty = stale ? new Set() : this.replica.changes(message)
    if (!dirty) return this.connection.state === "live" ? this.connection.reconnect() : undefined
    this.outbox.settle(message.acks)
    if (dirty.size) this.emit("received", { full: false, dirty })
    this.emit("changed", dirty)
    this.#emitConflicts(message)
  }

  /** Somebody overwrote words of ours while we were not connected. @param {Welcome | Changes} message */
  #emitConflicts(message) {
    for (const clash of message.conflicts ?? []) this.emit("conflict", clash)
  }

  #overlay() {
    const dirty = this.replica.overlay(this.outbox.ops(), { id: this.me.id, at: 0 })
    if (dirty.size) this.emit("changed", dirty)
    this.emit("state")
  }

  #hello() {
    const { cursor, audience } = this.replica
    return { type: "hello", v: VERSION, client: this.outbox.client, from: cursor, audience, want: "items" }
  }

  /**
   * @param {Entry[]} entries
   * @returns {boolean}
   */
  #send(entries) {
    if (this.connection.state === "live") return entries.every((entry) => this.connection.send(write(entry)))
    if (!this.http) return false
    this.#exchange()
    return false // sent again each time, until the answer is there
  }

  /**
   * @param {string} state
   * @param {string} [why]
   * @param {string} [say]
   */
  #connectionChanged(state, why, say) {
    if (state === "stopped" && why) return this.#end(why, say)
    if (state === "live") return this.#stopPolling()
    if (state === "connecting" || this.#poll) return this.emit("state")
    this.#setLive(false)
    if (this.connection.failures >= 2 && this.http) this.#startPolling()
    return undefined
  }

  #startPolling() {
    this.#poll = this.connection.clock.set(() => this.#startPolling(), POLL)
    this.#exchange()
  }

  #stopPolling() {
    this.connection.clock.clear(this.#poll)
    this.#poll = null
  }

  /** One round over HTTP: sends our ops, then asks what is new. The answers are used once their effect is here (D6). */
  async #exchange() {
    if (this.#exchanging || !this.#poll || !this.http) return
    this.#exchanging = true
    try {
      const ready = this.live ? this.outbox.queue.filter((entry) => entry.n !== null) : []
      const said = ready.length ? await this.http.ops(this.outbox.client, ready) : null
      const news = await this.http.changes(this.outbox.client, this.replica.cursor, this.replica.audience)
      if (this.#poll) this.#exchanged(said, news)
    } catch (error) {
      this.#exchangeFailed(error)
    } finally {
      this.#exchanging = false
    }
  }

  /**
   * @param {Message | null} said
   * @param {Message} news
   */
  #exchanged(said, news) {
    if (news.type === "changes") news.acks = []
    this.receive(news)
    if (said?.type === "changes") this.outbox.settle(said.acks)
    if (this.live || news.type === "welcome") return
    this.#setLive(true)
    this.outbox.resume()
  }

  /** @param {unknown} error */
  #exchangeFailed(error) {
    if (!(error instanceof HttpRefusal) && !(error instanceof TypeError)) throw error
    if (error instanceof HttpRefusal && error.status < 500 && error.status !== 429) {
      return this.#end(error.status === 401 ? "signed-out" : "gone")
    }
    return this.#setLive(false)
  }

  /** @param {boolean} live */
  #setLive(live) {
    this.live = live
    this.outbox.live = live
    this.emit("state")
  }

  /**
   * @param {string} why
   * @param {string} [say]
   */
  #end(why, say) {
    this.ended = why
    this.#stopPolling()
    this.#setLive(false)
    if (this.connection.state !== "stopped") this.connection.stop()
    this.emit("ended", { why, say })
  }
}
