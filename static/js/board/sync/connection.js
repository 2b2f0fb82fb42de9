// The line to the server: connects, says hello, keeps alive, comes back. Knows no boards (rule C10).
import { FINAL } from "app/board/schema.js"
import { read } from "./protocol.js"

/** @typedef {import("./protocol.js").Message} Message */
/** @typedef {{ send(text: string): void, close(code?: number): void, readyState: number, onopen: any, onmessage: any, onclose: any, onerror: any }} Wire */
/**
 * @typedef {object} Ways
 * @property {() => Wire} open
 * @property {() => object} hello
 * @property {(message: Message) => void} heard
 * @property {(state: State, why?: string, say?: string) => void} state
 * @property {() => boolean} [visible]
 * @property {() => number} [random]
 * @property {{ set(fn: () => void, ms: number): any, clear(timer: any): void }} [clock]
 */
/** @typedef {"connecting" | "live" | "waiting" | "stopped"} State */

/** Why the server closed, where trying again by itself would not help. @type {Map<number | undefined, string>} */
const ENDS = new Map(Object.entries(FINAL).map(([why, code]) => [code, why]))
const CONNECT = 5000
const PING = 10_000
const FIRST = 500
const MOST = { visible: 10_000, hidden: 300_000 }

/**
 * How long to wait before the next try, in ms: doubling, with full jitter.
 * @param {number} failures
 * @param {boolean} visible
 * @param {number} random 0 to 1
 */
export function backOff(failures, visible, random) {
  return random * Math.min(FIRST * 2 ** failures, visible ? MOST.visible : MOST.hidden)
}

export class Line {
  /** @type {Wire | null} */
  #wire = null
  /** @type {Set<any>} */
  #timers = new Set()
  #missed = 0
  /** Tries in a row that led to no welcome. */
  failures = 0
  /** @type {State} */
  state = "waiting"
  /** @type {import("app/board/schema.js").Bye | null} */
  #bye = null

  /** @param {Ways} ways */
  constructor(ways) {
    this.ways = ways
    this.clock = ways.clock ?? { set: (fn, ms) => setTimeout(fn, ms), clear: (timer) => clearTimeout(timer) }
  }

  start() {
    if (this.state !== "stopped") this.#connect()
  }

  /** Tries at once, as when the network is back or the page is seen again. */
  wake() {
    if (this.state === "waiting") this.#connect()
    else if (this.state === "live") this.#ping()
  }

  stop() {
    this.#leave()
    this.#turn("stopped")
  }

  /** Begins anew from our cursor. */
  again() {
    this.#leave()
    this.#connect()
  }

  /**
   * @param {object} message
   * @returns {boolean} whether it was handed to the socket
   */
  send(message) {
    if (this.state !== "live" || this.#wire?.readyState !== 1) return false
    this.#wire.send(JSON.stringify(message))
    return true
  }

  #connect() {
    this.#leave()
    this.#turn("connecting")
    this.#bye = null
    const wire = this.ways.open()
    this.#wire = wire
    const ours = (/** @type {(event: any) => void} */ act) => (/** @type {any} */ event) => {
      if (this.#wire === wire) act(event) // events of a superseded socket are none of ours
    }
    wire.onopen = ours(() => wire.send(JSON.stringify(this.ways.hello())))
    wire.onmessage = ours((event) => this.#hear(event.data))
    wire.onclose = ours((event) => this.#lost(event.code))
    wire.onerror = () => {}
    this.#later(() => this.state === "connecting" && this.#lost(0), CONNECT)
  }

  /** @param {unknown} data */
  #hear(data) {
    const message = read(data)
    if (!message) return
    this.#missed = 0
    if (message.type === "bye") this.#bye = /** @type {any} */ (message)
    if (message.type === "welcome" && this.state !== "live") this.#arrive()
    this.ways.heard(message)
  }

  #arrive() {
    this.failures = 0
    this.#clearTimers()
    this.#turn("live")
    this.#beat()
  }

  #beat() {
    this.#later(() => {
      this.#ping()
      this.#beat()
    }, PING)
  }

  #ping() {
    if (this.#missed >= 2) return this.#lost(0)
    this.#missed++
    this.send({ type: "ping" })
  }

  /** @param {number} code */
  #lost(code) {
    const bye = this.#bye
    this.#leave()
    const end = ENDS.get(bye?.code ?? code)
    if (end) return this.#turn("stopped", end, bye?.say)
    this.failures++
    this.#turn("waiting", undefined, bye?.say)
    const random = (this.ways.random ?? Math.random)()
    const spread = bye?.retry_after ? random * bye.retry_after * 1000 : 0
    const wait = backOff(this.failures - 1, this.ways.visible?.() ?? true, random)
    this.#later(() => this.#connect(), Math.max(spread, wait))
  }

  #leave() {
    this.#clearTimers()
    const wire = this.#wire
    this.#wire = null
    this.#missed = 0
    wire?.close()
  }

  /**
   * @param {State} state
   * @param {string} [why]
   * @param {string} [say]
   */
  #turn(state, why, say) {
    this.state = state
    this.ways.state(state, why, say)
  }

  /**
   * @param {() => void} act
   * @param {number} ms
   */
  #later(act, ms) {
    const timer = this.clock.set(() => {
      this.#timers.delete(timer)
      act()
    }, ms)
    this.#timers.add(timer)
  }

  #clearTimers() {
    for (const timer of this.#timers) this.clock.clear(timer)
    this.#timers.clear()
  }
}
