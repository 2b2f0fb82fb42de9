// A clock that tests turn by hand, sockets they hold the other end of, and a server that keeps a tiny board.
import { predict } from "app/board/sync/predict.js"

export class Clock {
  now = 0
  /** @type {Map<number, { at: number, act: () => void }>} */
  #timers = new Map()
  #next = 1

  /**
   * @param {() => void} act
   * @param {number} ms
   */
  set(act, ms) {
    this.#timers.set(this.#next, { at: this.now + ms, act })
    return this.#next++
  }

  /** @param {number} timer */
  clear(timer) {
    this.#timers.delete(timer)
  }

  /** Lets time pass, timer by timer. @param {number} ms */
  pass(ms) {
    const end = this.now + ms
    for (;;) {
      const [id, next] = [...this.#timers].sort(([, a], [, b]) => a.at - b.at)[0] ?? []
      if (!next || next.at > end) break
      this.now = next.at
      this.#timers.delete(/** @type {number} */ (id))
      next.act()
    }
    this.now = end
  }
}

/** The browser's end of a socket, in a test's hands. */
export class FakeWire {
  readyState = 0
  /** @type {any} */
  onopen = null
  /** @type {any} */
  onmessage = null
  /** @type {any} */
  onclose = null
  onerror = null
  /** @type {any[]} */
  said = []
  /** @type {(message: any) => void} */
  heard = () => {}

  open() {
    this.readyState = 1
    this.onopen?.({})
  }

  /** @param {string} text */
  send(text) {
    const message = JSON.parse(text)
    this.said.push(message)
    this.heard(message)
  }

  /** @param {any} message */
  tell(message) {
    this.onmessage?.({ data: JSON.stringify(message) })
  }

  /** @param {number} [code] */
  drop(code = 1006) {
    this.readyState = 3
    this.onclose?.({ code })
  }

  close() {
    this.readyState = 3
  }
}

/** Applies ops in order, answers each number once, remembers outcomes: what PROTOCOL asks of a server. */
export class FakeServer {
  seq = 0
  /** @type {Map<string, any>} */
  items = new Map()
  /** @type {Map<string, { lastN: number, acks: Map<number, any> }>} */
  clients = new Map()
  /** @type {(op: any) => string | null} */
  refuse = () => null
  /** @type {any[]} */
  received = []

  /** Answers a wire as the server would. @param {FakeWire} wire */
  serve(wire) {
    wire.heard = (message) => {
      if (message.type === "hello") wire.tell(this.welcome(message.client))
      if (message.type === "op") wire.tell(this.act(this.hand ?? "c1", message))
    }
    wire.open()
  }

  /** @type {string | undefined} */
  hand

  /** @param {string} client */
  welcome(client) {
    this.hand = client
    const you = { id: "me", name: "Me", organisation: "o1", role: "member", may: [] }
    const puts = [...this.items.values()]
    const last_n = this.clients.get(client)?.lastN ?? 0
    return {
      type: "welcome",
      conn: 1,
      you,
      audience: "a",
      full: true,
      from: 0,
      to: this.seq,
      puts,
      dels: [],
      last_n,
      limits: {},
    }
  }

  /**
   * @param {string} client
   * @param {any} message
   */
  act(client, { n, op }) {
    const known = this.clients.get(client) ?? { lastN: 0, acks: new Map() }
    this.clients.set(client, known)
    if (n > known.lastN + 1) return this.welcome(client)
    if (n <= known.lastN) return this.#changes([], [], { ...known.acks.get(n) })
    known.lastN = n
    this.received.push({ client, n, op })
    const say = op ? this.refuse(op) : "That message contains no request."
    const ack = say ? { n, code: op ? "not_found" : "invalid", say } : { n, seq: ++this.seq, undo: true }
    known.acks.set(n, ack)
    if (say) return this.#changes([], [], ack)
    return this.put(op, ack)
  }

  /**
   * @param {any} op
   * @param {any} [ack]
   */
  put(op, ack) {
    if (!ack) this.seq++
    const [puts, dels] = [/** @type {any[]} */ ([]), /** @type {string[]} */ ([])]
    const items = this.items
    predict(
      { get: (id) => items.get(id), values: () => items.values() },
      op,
      { id: "me", at: 1 },
      (id, item) => {
        if (item) puts.push({ ...item, seq: this.seq })
        else dels.push(id)
      },
    )
    for (const item of puts) items.set(item.id, item)
    for (const id of dels) items.delete(id)
    return this.#changes(puts, dels, ack)
  }

  /**
   * @param {any[]} puts
   * @param {string[]} dels
   * @param {any} [ack]
   */
  #changes(puts, dels, ack) {
    const from = puts.length || dels.length ? this.seq - 1 : this.seq
    return { type: "changes", from, to: this.seq, puts, dels, acks: ack ? [ack] : [] }
  }
}

/** Web Locks, as far as tabs of one browser need them. */
export class FakeLocks {
  #held = new Set()

  /**
   * @param {string} name
   * @param {{ ifAvailable: boolean }} _options
   * @param {(lock: unknown) => unknown} held
   */
  async request(name, _options, held) {
    if (this.#held.has(name)) return held(null)
    this.#held.add(name)
    try {
      return await held({ name })
    } finally {
      this.#held.delete(name)
    }
  }
}

/** The storage of one tab: its values lie on it as properties, so that `Object.keys` lists them. */
export class FakeTab {
  /** @param {string} name @returns {string | null} */
  getItem(name) {
    return Object.hasOwn(this, name) ? /** @type {any} */ (this)[name] : null
  }

  /** @param {string} name @param {string} value */
  setItem(name, value) {
    Object.assign(this, { [name]: value })
  }

  /** @param {string} name */
  removeItem(name) {
    Reflect.deleteProperty(this, name)
  }
}

/** Waits until all that was promised up to now is done. */
export async function settled() {
  for (let turn = 0; turn < 12; turn++) await new Promise((done) => setTimeout(done, 0))
}

/** The other end of the one socket that a page, made next, opens. */
export function nextSocket() {
  const wire = new FakeWire()
  Object.assign(globalThis, {
    location: { protocol: "http:", host: "board.example" },
    document: { visibilityState: "visible" },
    WebSocket: class {
      constructor() {
        // biome-ignore lint/correctness/noConstructorReturn: the page's end of this very socket
        return wire
      }
    },
  })
  return wire
}
