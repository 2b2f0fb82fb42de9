// A screen's line to the workshop: what all of its kind are shown, by websocket, and how far people are.
import { VERSION } from "app/board/schema.js"
import { Connection } from "app/board/sync/connection.js"
import { onWake } from "app/lib/wake_events.js"

/**
 * @typedef {object} Handlers
 * @property {(html: string, now: number) => void} frame
 * @property {(progress: Record<string, any>) => void} progress
 * @property {(state: "saved" | "waiting" | "offline", say: string) => void} state `say` is "" where all is well
 */

export class ScreenLine {
  #stopWaking = () => {}
  /** Whether the server waits for its database, as last told. */
  #waiting = false

  /**
   * @param {string} path of the socket
   * @param {string} want
   * @param {Handlers} handlers
   */
  constructor(path, want, handlers) {
    this.handlers = handlers
    const client = crypto.randomUUID()
    const scheme = location.protocol === "https:" ? "wss:" : "ws:"
    this.connection = new Connection({
      open: () => new WebSocket(`${scheme}//${location.host}${path}`),
      hello: () => ({ type: "hello", v: VERSION, client, from: 0, audience: null, want }),
      onMessage: (message) => this.#receive(message),
      state: (state, _why, say) => this.#state(state, say),
      visible: () => true, // a wall is never looked away from
    })
  }

  get live() {
    return this.connection.state === "live"
  }

  start() {
    this.#stopWaking = onWake(() => this.connection.wake())
    this.connection.start()
  }

  stop() {
    this.#stopWaking()
    this.connection.stop()
  }

  /** @param {any} message */
  #receive(message) {
    if (message.type === "waiting" || message.type === "welcome") {
      this.#waiting = message.waiting === true
      this.#tellReached()
    }
    if (message.type === "stage" && message.html) this.handlers.frame(message.html, message.now)
    else if (message.type === "progress") this.handlers.progress(message)
  }

  /**
   * @param {import("app/board/sync/connection.js").State} state
   * @param {string} [say]
   */
  #state(state, say) {
    if (state === "live") return this.#tellReached()
    if (state === "stopped") return this.handlers.state("offline", say ?? "This screen has stopped.")
    if (this.connection?.failures > 0) {
      const words = navigator.onLine
        ? "The server does not answer. Trying again."
        : "This device has no network. Trying again."
      return this.handlers.state("offline", words)
    }
    return undefined
  }

  #tellReached() {
    if (this.#waiting) this.handlers.state("waiting", "The server waits for its database.")
    else this.handlers.state("saved", "")
  }
}

/**
 * Puts the numbers into the page, where their phase is shown.
 * @param {HTMLElement | null} region
 * @param {Record<string, any>} progress
 */
export function putProgress(region, progress) {
  if (!region || region.dataset.phase !== progress.phase) return
  for (const place of region.querySelectorAll("[data-progress]")) {
    const words = String(progress[/** @type {HTMLElement} */ (place).dataset.progress ?? ""] ?? "")
    if (place.textContent !== words) place.textContent = words
  }
}
