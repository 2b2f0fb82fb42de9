// Ties it together: the board as the server has it, one's own deeds over it, and the way between.
import { LIMITS, VERSION } from "app/board/schema.js"
import { Line } from "./connection.js"
import { Signals } from "./events.js"
import { Unwelcome } from "./http_transport.js"
import { write } from "./protocol.js"
import { Replica } from "./replica.js"

/** @typedef {import("./protocol.js").Message} Message */
/** @typedef {import("app/board/schema.js").Welcome} Welcome */
/** @typedef {import("app/board/schema.js").Changes} Changes */
/** @typedef {import("./queue.js").Entry} Entry */
/** @typedef {import("./outbox.js").Outbox} Outbox */

const POLL = 2000

export class Sync extends Signals {
  replica = new Replica()
  limits = LIMITS
  /** @type {import("app/board/schema.js").You | null} */
  you = null
  /** Whether deeds reach the server now, by socket or by post. */
  live = false
  /** @type {string | undefined} why it stopped for good */
  ended
  #poll = /** @type {any} */ (null)
  #posting = false

  /**
   * @param {{ me: { id: string }, outbox: Outbox, post: import("./http_transport.js").Post | null,
   *   open: () => import("./connection.js").Wire, clock?: any, visible?: () => boolean, random?: () => number }} parts
   */
  constructor({ me, outbox, post, ...ways }) {
    super()
    this.me = me
    this.outbox = outbox
    this.post = post
    outbox.send = (entries) => this.#send(entries)
    outbox.on("moved", () => this.#overlay())
    this.line = new Line({
      ...ways,
      hello: () => this.#hello(),
      heard: (message) => this.hear(message),
      state: (state, why, say) => this.#turned(state, why, say),
    })
  }

  get view() {
    return this.replica.view
  }

  start() {
    this.#overlay()
    this.line.start()
  }

  /** The network is back, or the page is seen again. */
  wake() {
    this.line.wake()
    if (this.#poll) this.#byPost()
  }

  stop() {
    this.#stopPolling()
    this.line.stop()
  }

  /** Takes in the board that came with the page, or from this device. @param {Omit<Welcome, "type" | "last_n" | "conn" | "part">} snapshot */
  begin(snapshot) {
    const dirty = this.replica.welcome({
      type: "welcome",
      last_n: 0,
      conn: 0,
      part: { i: 1, of: 1 },
      ...snapshot,
    })
    if (dirty) this.tell("told", { full: true, dirty })
    if (dirty) this.tell("changed", dirty)
  }

  /** @param {Message} message */
  hear(message) {
    if (message.type === "welcome") this.#welcome(/** @type {Welcome} */ (message))
    else if (message.type === "changes") this.#changes(/** @type {Changes} */ (message))
    else if (message.type === "pong") this.replica.cursor = Math.max(this.replica.cursor, message.to ?? 0)
    else this.tell(message.type, message) // here, conflict, bye: others listen; the unknown nobody does
  }

  /** @param {Welcome} message */
  #welcome(message) {
    if (message.you.id !== this.me.id) return this.#end("somebody-else")
    this.you = message.you
    this.limits = { ...LIMITS, ...message.limits }
    const dirty = this.replica.welcome(message)
    if (!dirty) return
    this.#setLive(true)
    this.tell("told", { full: message.full, dirty })
    if (!this.outbox.arrived(message.last_n) && this.line.state === "live") this.line.again()
    this.tell("changed", dirty)
    this.tell("welcome", message)
    this.#missed(message)
  }

  /** @param {Changes} message */
  #changes(message) {
    const stale = message.from !== this.replica.cursor && !message.puts.length && !message.dels.length
    const dirty = stale ? new Set() : this.replica.changes(message)
    if (!dirty) return this.line.state === "live" ? this.line.again() : undefined
    this.outbox.settle(message.acks)
    if (dirty.size) this.tell("told", { full: false, dirty })
    this.tell("changed", dirty)
    this.#missed(message)
  }

  /** Somebody wrote over my words while nothing could tell me. @param {Welcome | Changes} message */
  #missed(message) {
    for (const clash of message.conflicts ?? []) this.tell("conflict", clash)
  }

  #overlay() {
    const dirty = this.replica.overlay(this.outbox.ops(), { id: this.me.id, at: 0 })
    if (dirty.size) this.tell("changed", dirty)
    this.tell("state")
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
    if (this.line.state === "live") return entries.every((entry) => this.line.send(write(entry)))
    if (!this.post) return false
    this.#byPost()
    return false // sent anew each time, until the answer is there
  }

  /**
   * @param {string} state
   * @param {string} [why]
   * @param {string} [say]
   */
  #turned(state, why, say) {
    if (state === "stopped" && why) return this.#end(why, say)
    if (state === "live") return this.#stopPolling()
    if (state === "connecting" || this.#poll) return this.tell("state")
    this.#setLive(false)
    if (this.line.failures >= 2 && this.post) this.#startPolling()
    return undefined
  }

  #startPolling() {
    this.#poll = this.line.clock.set(() => this.#startPolling(), POLL)
    this.#byPost()
  }

  #stopPolling() {
    this.line.clock.clear(this.#poll)
    this.#poll = null
  }

  /** One round by post: our deeds, then what is new; the answers are taken in once their effect is there (D6). */
  async #byPost() {
    if (this.#posting || !this.#poll || !this.post) return
    this.#posting = true
    try {
      const ready = this.live ? this.outbox.queue.filter((entry) => entry.n !== null) : []
      const said = ready.length ? await this.post.ops(this.outbox.client, ready) : null
      const news = await this.post.changes(this.outbox.client, this.replica.cursor, this.replica.audience)
      if (this.#poll) this.#posted(said, news)
    } catch (error) {
      this.#notPosted(error)
    } finally {
      this.#posting = false
    }
  }

  /**
   * @param {Message | null} said
   * @param {Message} news
   */
  #posted(said, news) {
    if (news.type === "changes") news.acks = []
    this.hear(news)
    if (said?.type === "changes") this.outbox.settle(said.acks)
    if (this.live || news.type === "welcome") return
    this.#setLive(true)
    this.outbox.goOn()
  }

  /** @param {unknown} error */
  #notPosted(error) {
    if (!(error instanceof Unwelcome) && !(error instanceof TypeError)) throw error
    if (error instanceof Unwelcome && error.status < 500 && error.status !== 429) {
      return this.#end(error.status === 401 ? "signed-out" : "gone")
    }
    return this.#setLive(false)
  }

  /** @param {boolean} live */
  #setLive(live) {
    this.live = live
    this.outbox.live = live
    this.tell("state")
  }

  /**
   * @param {string} why
   * @param {string} [say]
   */
  #end(why, say) {
    this.ended = why
    this.#stopPolling()
    this.#setLive(false)
    if (this.line.state !== "stopped") this.line.stop()
    this.tell("ended", { why, say })
  }
}
