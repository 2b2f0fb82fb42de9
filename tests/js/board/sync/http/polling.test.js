import "fake-indexeddb/auto"
import assert from "node:assert/strict"
import { test } from "node:test"
import { BoardRefusal, NoAnswer } from "app/board/sync/http/transport.js"
import { Outbox } from "app/board/sync/outbox.js"
import { Sync } from "app/board/sync/sync.js"
import { Clock, FakeServer, FakeWire, settled } from "../../fakes.js"

/**
 * A tab behind a network that may refuse things. `socket` says what becomes of a message: pass, or break the line.
 * @param {{ socket?: "refused" | ((message: any) => boolean), post?: (entries: any[]) => boolean }} [network]
 */
function behind({ socket = "refused", post = () => true } = {}) {
  const clock = new Clock()
  const server = new FakeServer()
  /** @type {FakeWire[]} */
  const wires = []
  const network = { down: /** @type {any} */ (null), post }
  const http = {
    /** @param {string} client @param {any[]} entries */
    ops: async (client, entries) => {
      if (network.down) throw network.down
      if (!network.post(entries)) throw new NoAnswer(true)
      const acks = entries.flatMap((entry) => /** @type {any} */ (server.act(client, entry)).acks ?? [])
      return { type: "changes", from: 0, to: 0, puts: [], dels: [], acks }
    },
    changes: async (/** @type {string} */ client) => {
      if (network.down) throw network.down
      return server.welcome(client)
    },
  }
  const open = () => {
    const wire = new FakeWire()
    wires.push(wire)
    if (socket === "refused") queueMicrotask(() => wire.drop())
    else queueMicrotask(() => serve(wire, socket))
    return wire
  }
  /** @param {FakeWire} wire @param {(message: any) => boolean} passes */
  function serve(wire, passes) {
    server.serve(wire)
    const { heard } = wire
    wire.heard = (message) => (passes(message) ? heard(message) : queueMicrotask(() => wire.drop()))
  }
  const outbox = new Outbox("c1", null, () => false)
  const sync = new Sync({
    me: { id: "me" },
    outbox,
    http: /** @type {any} */ (http),
    open,
    clock,
    random: () => 1,
  })
  /** @type {any[]} */
  const refused = []
  /** @type {any[]} */
  const ended = []
  outbox.on("refused", ({ ack, words }) => refused.push([words, ack.say]))
  sync.on("ended", ({ why }) => ended.push(why))
  const pass = async (/** @type {number} */ ms) => {
    for (let gone = 0; gone < ms; gone += 250) {
      clock.pass(250)
      await settled()
    }
  }
  return { clock, server, sync, outbox, refused, ended, network, wires, pass }
}

/** @param {string} id @param {any} [more] */
const add = (id, more) => [{ op: { do: "add_card", id, kind: "note", text: `Card ${id}`, ...more } }]

test("C9 a proxy's 404 for nine seconds ends nothing, and all is well afterwards", async () => {
  const { sync, outbox, ended, network, server, pass } = behind()
  sync.start()
  await pass(2000)
  network.down = new NoAnswer(true)
  outbox.add(add("a"), "Added")
  await pass(9000)
  const during = sync.live
  network.down = null
  await pass(4000)

  assert.deepEqual([during, ended], [false, []])
  assert.deepEqual([server.items.has("a"), outbox.queue.length, sync.live], [true, 0, true])
  sync.stop()
})

test("C9 the server's own refusal ends the board", async () => {
  const { sync, ended, network, pass } = behind()
  network.down = new BoardRefusal("gone", "That is not here.")
  sync.start()
  await pass(3000)

  assert.deepEqual(ended, ["gone"])
})

test("C3 one op that a proxy never lets through goes under not saved, and those behind it are saved", async () => {
  const { sync, outbox, refused, server, pass } = behind({
    post: (entries) => !entries.some(({ op }) => op?.text === "forbidden"),
  })
  sync.start()
  await pass(2000)
  outbox.add(add("a"), "Added")
  outbox.add(add("b", { text: "forbidden" }), "Added")
  outbox.add(add("c"), "Added")
  await pass(10_000)
  sync.stop()

  assert.deepEqual([...server.items.keys()], ["a", "c"])
  assert.deepEqual(
    refused.map(([words]) => words),
    ["forbidden"],
  )
  assert.match(refused[0][1], /network/)
  assert.equal(outbox.queue.length, 0)
})

test("where nothing can be posted, nothing is given up, and the page says that it is offline", async () => {
  const { sync, outbox, refused, network, server, pass } = behind({ post: () => false })
  sync.start()
  await pass(2000)
  outbox.add(add("a"), "Added")
  await pass(20_000)
  const live = sync.live
  network.post = () => true
  await pass(4000)
  sync.stop()

  assert.deepEqual([live, refused], [false, []])
  assert.deepEqual([server.items.has("a"), outbox.queue.length], [true, 0])
})

test("C3 an op with which line after line breaks is found over HTTP; the socket then carries the rest", async () => {
  const { sync, outbox, refused, server, pass } = behind({
    socket: (message) => message.op?.text !== "forbidden",
    post: (entries) => !entries.some(({ op }) => op?.text === "forbidden"),
  })
  sync.start()
  await settled()
  outbox.add(add("b", { text: "forbidden" }), "Added")
  outbox.add(add("c"), "Added")
  await pass(30_000)

  assert.deepEqual([...server.items.keys()], ["c"])
  assert.deepEqual(
    refused.map(([words]) => words),
    ["forbidden"],
  )
  assert.deepEqual([sync.connection.state, sync.polling?.running, sync.live], ["live", false, true])
})

test("C3 an op that the server cannot read has an answer without a number, and still holds up nothing", async () => {
  const unread = (/** @type {any} */ op) => op?.text === "\ud800"
  const { sync, outbox, refused, server, pass } = behind({
    socket: () => true,
    post: (entries) => !entries.some(({ op }) => unread(op)),
  })
  const act = server.act.bind(server)
  server.act = (client, message) => {
    if (!unread(message.op)) return act(client, message)
    const ack = { n: null, code: "invalid", say: "That message could not be read." }
    return /** @type {any} */ ({
      type: "changes",
      from: server.seq,
      to: server.seq,
      puts: [],
      dels: [],
      acks: [ack],
    })
  }
  sync.start()
  await settled()
  outbox.add(add("b", { text: "\ud800" }), "Added")
  outbox.add(add("c"), "Added")
  await pass(30_000)

  assert.equal(refused.length, 1)
  assert.deepEqual([[...server.items.keys()], outbox.queue.length], [["c"], 0])
})

test("what cannot be encoded is refused at once", async () => {
  const { sync, outbox, refused, server } = behind({ socket: () => true })
  sync.start()
  await settled()
  outbox.add(add("a", { x: /** @type {any} */ (1n) }), "Added")
  outbox.add(add("b"), "Added")
  await settled()

  assert.deepEqual([refused.length, [...server.items.keys()]], [1, ["b"]])
})

test("C5 without a socket too, nobody is told that all is saved while the last answer is old", async () => {
  const { sync, network, pass } = behind()
  sync.start()
  await pass(3000)
  const before = [sync.live, sync.sure]
  const hung = /** @type {any} */ (sync.polling?.http)
  const { changes } = hung
  hung.changes = () => new Promise(() => {})
  await pass(4500)
  const meanwhile = [sync.live, sync.sure]
  hung.changes = changes
  sync.stop()

  assert.deepEqual(
    [before, meanwhile],
    [
      [true, true],
      [true, false],
    ],
  )
  assert.equal(network.down, null)
})
