// Hears which parts of a board changed: by its socket, and when that is down by asking every ten seconds.
import { Line } from "app/board/sync/connection.js"

const ASK = 10_000

/**
 * @typedef {object} Told
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

  /**
   * @param {string} board
   * @param {number} seq the deed that the page was drawn after
   * @param {Told} told
   */
  constructor(board, seq, told) {
    this.board = board
    this.seq = seq
    this.told = told
    const scheme = location.protocol === "https:" ? "wss:" : "ws:"
    this.line = new Line({
      open: () => new WebSocket(`${scheme}//${location.host}/boards/${board}/live`),
      hello: () => ({
        type: "hello",
        v: 1,
        client: this.#client,
        from: this.seq,
        audience: this.#audience,
        want: "parts",
      }),
      heard: (message) => this.#hear(message),
      state: (state, _why, say) => this.#turn(state, say),
      visible: () => document.visibilityState === "visible",
    })
  }

  start() {
    this.line.start()
  }

  wake() {
    this.line.wake()
  }

  stop() {
    clearTimeout(this.#asking)
    this.line.stop()
  }

  /** @param {any} message */
  #hear(message) {
    if (message.type === "welcome") this.#welcome(message)
    else if (message.type === "parts") this.#moved(message.to, message.parts)
    else if (message.type === "conflict") this.told.overwritten(message.id)
  }

  /** @param {any} message */
  #welcome(message) {
    this.#audience = message.audience
    this.#moved(message.to, null)
    for (const { id } of message.conflicts ?? []) this.told.overwritten(id)
  }

  /**
   * @param {number} to
   * @param {string[] | null} parts
   */
  #moved(to, parts) {
    if (to <= this.seq && parts === null) return
    this.seq = Math.max(to, this.seq)
    this.told.parts(parts)
  }

  /**
   * @param {import("app/board/sync/connection.js").State} state
   * @param {string} [say]
   */
  #turn(state, say) {
    if (state === "live") this.told.state("saved")
    if (state === "stopped") this.told.state("offline", say)
    if (state === "live" || state === "stopped") {
      clearTimeout(this.#asking)
      this.#asking = null
    } else if (this.line?.failures > 1) this.#asking ??= setTimeout(() => this.#ask(), ASK)
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
      this.told.state("saved")
      this.#welcome(welcome)
    } catch {
      this.told.state("offline")
    }
    this.#asking = null
    this.#turn(this.line.state)
  }
}
