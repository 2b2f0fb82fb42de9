// Learns which parts of a board have changed: by websocket, or while that is down by asking every ten seconds.
import { VERSION } from "app/board/schema.js"
import { Connection } from "app/board/sync/connection.js"

const ASK = 10_000

/**
 * @typedef {object} Handlers
 * @property {(ids: string[] | null) => void} parts null: anything may have changed
 * @property {(id: string) => void} overwritten somebody wrote over one's own words on this item
 * @property {(state: "saved" | "offline", say?: string) => void} state
 */

export class Follow {
  /** @type {any} */
  #asking = null
  /** @type {string | null} */
  #audience = null
  #client = crypto.randomUUID()
  /** What the person may do, as last told. @type {string | null} */
  #may = null

  /**
   * @param {string} board
   * @param {number} seq the deed that the page was drawn after
   * @param {Handlers} handlers
   */
  constructor(board, seq, handlers) {
    this.board = board
    this.seq = seq
    this.handlers = handlers
    const scheme = location.protocol === "https:" ? "wss:" : "ws:"
    this.connection = new Connection({
      open: () => new WebSocket(`${scheme}//${location.host}/boards/${board}/live`),
      hello: () => ({
        type: "hello",
        v: VERSION,
        client: this.#client,
        from: this.seq,
        audience: this.#audience,
        want: "parts",
      }),
      onMessage: (message) => this.#receive(message),
      state: (state, _why, say) => this.#stateChanged(state, say),
      visible: () => document.visibilityState === "visible",
    })
  }

  start() {
    this.connection.start()
  }

  wake() {
    this.connection.wake()
  }

  stop() {
    clearTimeout(this.#asking)
    this.connection.stop()
  }

  /** @param {any} message */
  #receive(message) {
    if (message.type === "welcome") this.#welcome(message)
    else if (message.type === "parts") this.#partsChanged(message.to, message.parts)
    else if (message.type === "conflict") this.handlers.overwritten(message.id)
  }

  /** @param {any} message */
  #welcome(message) {
    this.#audience = message.audience
    const may = JSON.stringify(message.you?.may)
    const changed = this.#may !== null && this.#may !== may // as when the board is archived: no deed of the board
    this.#may = may
    if (changed) this.handlers.parts(null)
    this.#partsChanged(message.to, null)
    for (const { id } of message.conflicts ?? []) this.handlers.overwritten(id)
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
    if (state === "live") this.handlers.state("saved")
    if (state === "stopped") this.handlers.state("offline", say)
    if (state === "live" || state === "stopped") {
      clearTimeout(this.#asking)
      this.#asking = null
    } else if (this.connection?.failures > 1) this.#asking ??= setTimeout(() => this.#ask(), ASK)
  }

  async #ask() {
    const query = new URLSearchParams({ client: this.#client, from: String(this.seq) })
    if (this.#audience) query.set("audience", this.#audience)
    try {
      const answer = await fetch(`/boards/${this.board}/changes?${query}`, {
        headers: { accept: "application/json" },
      })
      if (!answer.ok) throw new Error(`The board did not answer: ${answer.status}`)
      const welcome = await answer.json()
      this.handlers.state("saved")
      this.#welcome(welcome)
    } catch {
      this.handlers.state("offline")
    }
    this.#asking = null
    this.#stateChanged(this.connection.state)
  }
}
