// Learns which parts of a board have changed: by websocket, or while that is down by asking every ten seconds (C9).
import { VERSION } from "app/board/schema.js"
import { Connection } from "app/board/sync/connection.js"
import { BoardRefusal, HttpTransport } from "app/board/sync/http/transport.js"
import { onWake } from "app/lib/wake_events.js"
import { canUnpack } from "./packed.js"

const ASK = 10_000 // ms
const SOON = 2000 // ms until it is tried whether the server can be reached again

/**
 * @typedef {object} Handlers
 * @property {(ids: string[] | null) => void} parts null: anything may have changed
 * @property {(news: import("app/board/schema.js").News) => void} news
 * @property {(id: string) => void} overwritten somebody wrote over one's own words on this item
 * @property {(state: "saved" | "checking" | "waiting" | "offline", say?: string) => void} state
 */

export class Follow {
  /** @type {any} */
  #asking = null
  /** @type {string | null} */
  #audience = null
  #client = crypto.randomUUID()
  /** What the person may do, as last told. @type {string | null} */
  #may = null
  #stopWaking = () => {}
  #wasLive = false
  /** Whether the server was asked over HTTP since the socket was lost. */
  #asked = false
  /** Whether the server did not answer a form, so that an open line alone proves nothing. */
  #lost = false
  /** Whether the server waits for its database, as last told. */
  #waiting = false

  /**
   * @param {string} board
   * @param {number} seq the deed that the page was drawn after
   * @param {Handlers} handlers
   */
  constructor(board, seq, handlers) {
    this.board = board
    this.seq = seq
    this.handlers = handlers
    this.http = new HttpTransport(board)
    const scheme = location.protocol === "https:" ? "wss:" : "ws:"
    this.connection = new Connection({
      open: () => new WebSocket(`${scheme}//${location.host}/boards/${board}/live`),
      hello: () => ({
        type: "hello",
        v: VERSION,
        client: this.#client,
        from: this.seq,
        audience: this.#audience,
        want: canUnpack ? "news" : "parts",
      }),
      onMessage: (message) => this.#receive(message),
      state: (state, _why, say) => this.#stateChanged(state, say),
      visible: () => document.visibilityState === "visible",
    })
  }

  get live() {
    return this.connection.state === "live"
  }

  /** What is so while the server can be reached. @returns {"saved" | "waiting"} */
  get reachedState() {
    return this.#waiting ? "waiting" : "saved"
  }

  get #reached() {
    return this.connection.open && !this.#lost
  }

  start() {
    this.#stopWaking = onWake(() => this.#wake())
    this.connection.start()
  }

  stop() {
    this.#stopWaking()
    clearTimeout(this.#asking)
    this.connection.stop()
  }

  /** The server did not answer a form: it is asked until it answers. */
  lost() {
    this.#lost = true
    this.#askIn(SOON)
  }

  /** @param {any} message */
  #receive(message) {
    if (message.type === "welcome") this.#welcome(message)
    else if (message.type === "parts") this.#partsChanged(message.to, message.parts)
    else if (message.type === "news") this.#news(/** @type {any} */ (message))
    else if (message.type === "waiting") this.#tellWaiting(message)
    else if (message.type === "you")
      this.handlers.parts(null) // a workshop has changed what the person may do
    else if (message.type === "conflict") this.handlers.overwritten(message.id)
  }

  /** @param {{ waiting?: boolean }} message */
  #tellWaiting({ waiting }) {
    this.#waiting = waiting === true
    this.handlers.state(this.reachedState)
  }

  /** @param {any} message */
  #welcome(message) {
    this.#audience = message.audience
    this.#tellWaiting(message)
    const may = JSON.stringify(message.you?.may)
    const changed = this.#may !== null && this.#may !== may // as when the board is archived: no deed of the board
    this.#may = may
    if (changed) this.handlers.parts(null)
    this.#partsChanged(message.to, null)
    for (const { id } of message.conflicts ?? []) this.handlers.overwritten(id)
  }

  /** What changed, drawn for everybody (D15). @param {import("app/board/schema.js").News} news */
  #news(news) {
    this.seq = Math.max(news.to, this.seq)
    this.handlers.news(news)
  }

  /**
   * @param {number} to
   * @param {string[] | null} parts
   */
  #partsChanged(to, parts) {
    if (to <= this.seq && parts === null) return
    this.seq = Math.max(to, this.seq)
    this.handlers.parts(parts)
  }

  /**
   * @param {import("app/board/sync/connection.js").State} state
   * @param {string} [say]
   */
  #stateChanged(state, say) {
    if (state === "stopped") return this.#end(say)
    if (state === "live") return this.#opened()
    if (state === "checking" || this.#wasLive) this.handlers.state("checking")
    this.#wasLive = state === "checking"
    if (this.connection?.failures > 1) this.#askIn(this.#asked ? ASK : 0)
    return undefined
  }

  #opened() {
    clearTimeout(this.#asking)
    this.#asking = null
    this.#asked = false
    this.#wasLive = true
    this.handlers.state(this.reachedState)
  }

  /** @param {number} ms */
  #askIn(ms) {
    this.#asking ??= setTimeout(() => this.#ask(), ms)
  }

  #wake() {
    this.connection.wake()
    if (this.#asking === null) return
    clearTimeout(this.#asking)
    this.handlers.state("checking")
    this.#ask()
  }

  async #ask() {
    this.#asked = true
    try {
      const welcome = await this.http.changes(this.#client, this.seq, this.#audience)
      this.#lost = false
      this.#welcome(welcome)
    } catch (error) {
      if (error instanceof BoardRefusal) return this.#refused(error.say)
      if (!this.#reached) this.handlers.state("offline")
    }
    this.#asking = null
    if (!this.#reached) this.#askIn(ASK)
    return undefined
  }

  /** @param {string} say */
  #refused(say) {
    this.#end(say)
    this.connection.stop()
  }

  /** @param {string} [say] */
  #end(say) {
    this.#stopWaking()
    clearTimeout(this.#asking)
    this.handlers.state("offline", say)
  }
}
