// The connection to the server: connects, says hello, pings, reconnects. Knows nothing of boards (rule C10).
import { FINAL } from "app/board/schema.js"
import { read } from "./protocol.js"

/** @typedef {import("./protocol.js").Message} Message */
/** @typedef {{ send(text: string): void, close(code?: number): void, readyState: number, onopen: any, onmessage: any, onclose: any, onerror: any }} Socket */
/**
 * @typedef {object} Options
 * @property {() => Socket} open
 * @property {() => object} hello
 * @property {(message: Message) => void} onMessage
 * @property {(state: State, why?: string, say?: string) => void} state
 * @property {() => boolean} [visible]
 * @property {() => number} [random]
 * @property {Clock} [clock]
 */
/** @typedef {{ set(fn: () => void, ms: number): any, clear(timer: any): void, now: number }} Clock now: in ms */
/** checking: open, but nobody knows whether it still carries. @typedef {"connecting" | "live" | "checking" | "waiting" | "stopped"} State */

/** Why the server said goodbye, by code, where reconnecting would not help; a code alone may be a proxy's. @type {Map<number | undefined, string>} */
const ENDS = new Map(Object.entries(FINAL).map(([why, code]) => [code, why]))
const CONNECT = 5000
const PING = 10_000
const PATIENCE = 2000 // ms for a pong
const FIRST = 500
const MOST = { visible: 10_000, hidden: 300_000 }

/**
 * How long to wait before the next attempt, in ms: exponential backoff with full jitter.
 * @param {number} failures
 * @param {boolean} visible
 * @param {number} random 0 to 1
 */
export function backOff(failures, visible, random) {
  return random * Math.min(FIRST * 2 ** failures, visible ? MOST.visible : MOST.hidden)
}

export class Connection {
  /** @type {Socket | null} */
  #socket = null
  /** @type {Set<any>} */
  #timers = new Set()
  /** Runs out when a ping gets no answer. */
  #overdue = /** @type {any} */ (null)
  /** How long to wait for a pong, in ms: more where that was too short for this network. */
  #patience = PATIENCE
  #reopening = false
  #began = 0
  /** Attempts in a row that brought no welcome. */
  failures = 0
  /** @type {State} */
  state = "waiting"
  /** @type {import("app/board/schema.js").Bye | null} */
  #bye = null

  /** @param {Options} options */
  constructor(options) {
    this.options = options
    /** @type {Clock} */
    this.clock = options.clock ?? {
      set: (fn, ms) => setTimeout(fn, ms),
      clear: (timer) => clearTimeout(timer),
      get now() {
        return performance.now()
      },
    }
  }

  /** Whether messages can be sent. */
  get open() {
    return this.state === "live" || this.state === "checking"
  }

  start() {
    if (this.state !== "stopped") this.#connect()
  }

  /** The line may have died, or may be back: checks it, or tries again, at once. */
  wake() {
    if (this.state === "waiting") this.#connect()
    else if (this.state === "live") this.#check()
  }

  stop() {
    this.#disconnect()
    this.#setState("stopped")
  }

  /** Connects again, from our cursor. */
  reconnect() {
    this.#disconnect()
    this.#connect()
  }

  /**
   * @param {object} message
   * @returns {boolean} whether it was handed to the socket
   */
  send(message) {
    if (!this.open || this.#socket?.readyState !== 1) return false
    this.#socket.send(JSON.stringify(message))
    return true
  }

  #connect() {
    this.#disconnect()
    this.#setState("connecting")
    this.#bye = null
    this.#began = this.clock.now
    const socket = this.options.open()
    this.#socket = socket
    const ours = (/** @type {(event: any) => void} */ act) => (/** @type {any} */ event) => {
      if (this.#socket === socket) act(event) // events of a socket that was replaced do not concern us
    }
    socket.onopen = ours(() => socket.send(JSON.stringify(this.options.hello())))
    socket.onmessage = ours((event) => this.#receive(event.data))
    socket.onclose = ours(() => this.#closed())
    socket.onerror = () => {}
    this.#after(() => this.state === "connecting" && this.#closed(), CONNECT)
  }

  /** @param {unknown} data */
  #receive(data) {
    const message = read(data)
    if (!message) return
    this.#answered()
    if (message.type === "bye") this.#bye = /** @type {any} */ (message)
    if (message.type === "welcome" && !this.open) this.#opened()
    this.options.onMessage(message)
  }

  #opened() {
    this.failures = 0
    this.#clearTimers()
    if (this.#reopening) this.#patience = Math.max(PATIENCE, 2 * (this.clock.now - this.#began))
    this.#reopening = false
    this.#setState("live")
    this.#keepAlive()
  }

  #keepAlive() {
    this.#after(() => {
      if (this.state === "live") this.#ping(() => this.#check())
      this.#keepAlive()
    }, PING)
  }

  /** Until something arrives nobody knows whether the line still carries. */
  #check() {
    this.#setState("checking")
    this.#ping(() => this.#reopen())
  }

  /** @param {() => void} unanswered */
  #ping(unanswered) {
    this.#stopWaiting()
    this.send({ type: "ping" })
    this.#overdue = this.#after(unanswered, this.#patience)
  }

  /** Whatever arrives shows that the line carries. */
  #answered() {
    this.#stopWaiting()
    if (this.state === "checking") this.#setState("live")
  }

  #stopWaiting() {
    this.clock.clear(this.#overdue)
    this.#timers.delete(this.#overdue)
  }

  /** The line is dead. A slow line gets more time for the next pong, so that it is not opened again and again. */
  #reopen() {
    this.#reopening = true
    this.reconnect()
  }

  #closed() {
    const bye = this.#bye
    this.#disconnect()
    const end = ENDS.get(bye?.code)
    if (end) return this.#setState("stopped", end, bye?.say)
    this.failures++
    this.#setState("waiting", undefined, bye?.say)
    const random = (this.options.random ?? Math.random)()
    const spread = bye?.retry_after ? random * bye.retry_after * 1000 : 0
    const wait = backOff(this.failures - 1, this.options.visible?.() ?? true, random)
    this.#after(() => this.#connect(), Math.max(spread, wait))
  }

  #disconnect() {
    this.#clearTimers()
    const socket = this.#socket
    this.#socket = null
    socket?.close()
  }

  /**
   * @param {State} state
   * @param {string} [why]
   * @param {string} [say]
   */
  #setState(state, why, say) {
    this.state = state
    this.options.state(state, why, say)
  }

  /**
   * @param {() => void} act
   * @param {number} ms
   */
  #after(act, ms) {
    const timer = this.clock.set(() => {
      this.#timers.delete(timer)
      act()
    }, ms)
    this.#timers.add(timer)
    return timer
  }

  #clearTimers() {
    for (const timer of this.#timers) this.clock.clear(timer)
    this.#timers.clear()
  }
}
