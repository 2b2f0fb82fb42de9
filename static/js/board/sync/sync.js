// Keeps the board in step with the server: the replica, one's own ops on top of it, and the connection.
import { LIMITS, VERSION } from "app/board/schema.js"
import { Connection } from "./connection.js"
import { Emitter } from "./events.js"
import { Polling } from "./http/polling.js"
import { BoardRefusal, NoAnswer } from "./http/transport.js"
import { write } from "./protocol.js"
import { Replica } from "./replica.js"

/** @typedef {import("./protocol.js").Message} Message */
/** @typedef {import("app/board/schema.js").Welcome} Welcome */
/** @typedef {import("app/board/schema.js").Changes} Changes */
/** @typedef {import("./queue.js").Entry} Entry */
/** @typedef {import("./outbox.js").Outbox} Outbox */

const LOSSES = 3 // lines lost in a row with the same op on its way

export class Sync extends Emitter {
  replica = new Replica()
  limits = LIMITS
  /** @type {import("app/board/schema.js").You | null} */
  you = null
  /** Whether ops reach the server now, by socket or over HTTP. */
  live = false
  /** Whether the server has said that it waits for its database. */
  waiting = false
  /** @type {string | undefined} why it stopped for good */
  ended
  #wasOpen = false
  /** The first unanswered op when the line was lost, by its key, and how often in a row it was that one. */
  #lost = { key: /** @type {number | undefined} */ (undefined), times: 0 }
  /** The op that goes over HTTP because line after line broke with it on its way. @type {number | null} */
  #detour = null

  /**
   * @param {{ me: { id: string }, outbox: Outbox, http: import("./http/transport.js").HttpTransport | null,
   *   open: () => import("./connection.js").Socket, clock?: any, visible?: () => boolean, random?: () => number }} parts
   */
  constructor({ me, outbox, http, ...options }) {
    super()
    this.me = me
    this.outbox = outbox
    this.http = http
    this.polling = http && new Polling(http, outbox, this.replica, this.#pollHandlers())
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

  /** Whether `live` is known to be so now: false while nothing has arrived since there was reason to doubt. */
  get sure() {
    return this.polling?.running ? !this.polling.doubt : this.connection.state === "live"
  }

  start() {
    this.#overlay()
    this.connection.start()
  }

  /** The network has changed, or the page is looked at again. */
  wake() {
    this.connection.wake()
    if (this.polling?.running) this.polling.wake()
  }

  stop() {
    this.polling?.stop(this.connection.clock)
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
    else if (message.type === "waiting") {
      this.waiting = message.waiting
      this.emit("state")
    } else if (message.type === "pong") this.replica.cursor = Math.max(this.replica.cursor, message.to ?? 0)
    else if (message.type === "you") this.#toldRights(message.may)
    else this.emit(message.type, message) // here, conflict, bye: others listen to them; nobody listens to unknown messages
  }

  /** A workshop has changed what the person may do. @param {string[]} may */
  #toldRights(may) {
    if (this.you) this.you = { ...this.you, may }
    this.emit("state")
    this.emit("changed", new Set())
  }

  /** @param {Welcome} message */
  #welcome(message) {
    if (message.you.id !== this.me.id) return this.#end("somebody-else")
    this.you = message.you
    this.limits = { ...LIMITS, ...message.limits }
    const dirty = this.replica.welcome(message)
    if (!dirty) return
    this.waiting = message.waiting === true
    this.#setLive(true)
    this.emit("received", { full: message.full, dirty })
    if (!this.outbox.connected(message.last_n) && this.connection.open) this.connection.reconnect()
    this.emit("changed", dirty)
    this.emit("welcome", message)
    this.#emitConflicts(message)
  }

  /** @param {Changes} message */
  #changes(message) {
    const stale = message.from !== this.replica.cursor && !message.puts.length && !message.dels.length
    const dirty = stale ? new Set() : this.replica.changes(message)
    if (!dirty) return this.connection.open ? this.connection.reconnect() : undefined
    this.outbox.settle(message.acks)
    // An op of ours could not be read, so that its answer has no number: the third time it goes over HTTP.
    if (message.acks.some((ack) => ack.n === null)) this.connection.reconnect()
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

  /** @param {Entry[]} entries @returns {boolean} */
  #send(entries) {
    if (!this.polling?.running) return entries.every((entry) => this.connection.send(write(entry)))
    this.polling.offer(entries)
    return false // sent again each time, until the answer is there
  }

  /**
   * @param {string} state
   * @param {string} [why]
   * @param {string} [say]
   */
  #connectionChanged(state, why, say) {
    const { open, clock } = this.connection
    if (this.#wasOpen && !open) this.#lineLost()
    this.#wasOpen = open
    if (state === "stopped") return why ? this.#end(why, say) : this.#setLive(false)
    if (open && this.#detour === null) this.polling?.stop(clock)
    if (open || state === "connecting" || this.polling?.running) return this.emit("state")
    this.#setLive(false)
    if (this.connection.failures >= 2) this.polling?.start(clock)
    return undefined
  }

  /** An op with which line after line breaks goes over HTTP, which finds out whether it can be sent at all. */
  #lineLost() {
    const key = this.outbox.queue.find((entry) => entry.n !== null)?.key
    const times = key !== undefined && key === this.#lost.key ? this.#lost.times + 1 : 1
    this.#lost = { key, times }
    if (key === undefined || times < LOSSES || !this.polling || this.polling.running) return
    this.#detour = key
    this.polling.start(this.connection.clock)
  }

  /** @returns {import("./http/polling.js").Handlers} */
  #pollHandlers() {
    return {
      mayPost: () => this.live,
      done: (acks, news) => this.#polled(acks, news),
      failed: (error) => this.#pollFailed(error),
      doubted: () => this.emit("state"),
    }
  }

  /**
   * @param {import("app/board/schema.js").OpResult[]} acks
   * @param {Message} news
   */
  #polled(acks, news) {
    if (news.type === "changes") news.acks = []
    if (news.to >= this.replica.cursor) this.receive(news) // else the socket was quicker
    this.outbox.settle(acks)
    if (!this.outbox.queue.some((entry) => entry.key === this.#detour)) this.#endDetour()
    if (this.live || news.type === "welcome") return
    this.#setLive(true)
    this.outbox.resume()
  }

  /** @param {unknown} error */
  #pollFailed(error) {
    if (error instanceof BoardRefusal) return this.#end(error.why, error.say)
    this.#endDetour()
    if (!this.connection.open) this.#setLive(false)
    if (!(error instanceof NoAnswer)) throw error
    return undefined
  }

  /** Back to the socket, if that is open. */
  #endDetour() {
    this.#detour = null
    if (!this.connection.open) return
    this.polling?.stop(this.connection.clock)
    this.outbox.resume()
  }

  /** @param {boolean} live */
  #setLive(live) {
    this.live = live && !this.polling?.blocked
    this.outbox.live = this.live
    this.emit("state")
  }

  /**
   * @param {string} why
   * @param {string} [say]
   */
  #end(why, say) {
    this.ended = why
    this.polling?.stop(this.connection.clock)
    this.#setLive(false)
    if (this.connection.state !== "stopped") this.connection.stop()
    this.emit("ended", { why, say })
  }
}
