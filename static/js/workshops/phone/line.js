// The phone's line to the workshop: the shared screen by websocket, or while that is down by asking every ten seconds (C9).
import { VERSION } from "app/board/schema.js"
import { Connection } from "app/board/sync/connection.js"
import { onWake } from "app/lib/wake_events.js"

const ASK = 10_000 // ms

/**
 * @typedef {object} Handlers
 * @property {(html: string, now: number) => void} frame the screen as everyone sees it, and the server's clock
 * @property {() => void} changed whether the server is reached
 * @property {() => Promise<unknown>} ask for the screen without a socket; raises an error where nobody answers
 * @property {() => void} live
 * @property {(say: string) => void} ended
 */

export class Line {
  #stopWaking = () => {}
  /** @type {any} */
  #asking = null
  /** Whether the server answered the last time it was asked without a socket. */
  #answers = false
  #stopped = false
  /** Whether the server waits for its database, as when its disk is full. */
  isWaiting = false

  /**
   * @param {string} board
   * @param {number} seq the deed that the page was drawn after
   * @param {Handlers} handlers
   */
  constructor(board, seq, handlers) {
    this.seq = seq
    this.handlers = handlers
    const client = crypto.randomUUID()
    const scheme = location.protocol === "https:" ? "wss:" : "ws:"
    this.connection = new Connection({
      open: () => new WebSocket(`${scheme}//${location.host}/boards/${board}/live`),
      hello: () => ({
        type: "hello",
        v: VERSION,
        client,
        from: this.seq,
        audience: null,
        want: "stage:phone",
      }),
      onMessage: (message) => this.#receive(message),
      state: (state, _why, say) => this.#stateChanged(state, say),
      visible: () => document.visibilityState === "visible",
    })
  }

  /** Whether the server can be reached, as far as is known. */
  get reached() {
    return this.connection.state === "live" || this.#answers
  }

  /** Whether nobody knows yet: a first try, or one that has only just been lost. */
  get checking() {
    const { state, failures } = this.connection
    return state === "checking" || ((state === "connecting" || state === "waiting") && failures < 2)
  }

  start() {
    this.#stopWaking = onWake(() => this.connection.wake())
    this.connection.start()
  }

  stop() {
    if (this.#stopped) return
    this.#stopped = true
    this.#stopWaking()
    clearTimeout(this.#asking)
    this.connection.stop()
  }

  /** @param {any} message */
  #receive(message) {
    if (message.to > this.seq) this.seq = message.to
    if (message.type === "waiting" || message.type === "welcome") {
      this.isWaiting = message.waiting === true
      this.handlers.changed()
    }
    if (message.type === "stage") this.handlers.frame(message.html, message.now)
  }

  /** @param {string} state @param {string} [say] */
  #stateChanged(state, say) {
    if (this.#stopped) return
    if (state === "stopped") this.handlers.ended(say ?? "")
    if (state === "live") {
      clearTimeout(this.#asking)
      this.#asking = null
      this.#answers = false
      this.handlers.live()
    }
    if (this.connection?.failures > 1 && this.#asking === null) this.#ask()
    this.handlers.changed()
  }

  async #ask() {
    this.#asking = 0
    try {
      await this.handlers.ask()
      this.#answers = true
      this.handlers.live()
    } catch {
      this.#answers = false
    }
    this.handlers.changed()
    if (!this.#stopped && this.connection.state !== "live") this.#asking = setTimeout(() => this.#ask(), ASK)
  }
}
