import "fake-indexeddb/auto"
import assert from "node:assert/strict"
import { test } from "node:test"
import { clear, openDatabase, Store, unsent } from "app/board/device/device_store.js"
import { claim, orphans } from "app/board/sync/client.js"
import { Outbox } from "app/board/sync/outbox.js"
import { Sync } from "app/board/sync/sync.js"
import { Clock, FakeLocks, FakeServer, FakeWire, settled } from "../fakes.js"

let count = 0

/** @param {{ name?: string, client?: string, server?: FakeServer, http?: any, reachable?: boolean }} [more] */
async function tab({
  name = `db${count++}`,
  client = "c1",
  server = new FakeServer(),
  http = null,
  reachable = true,
} = {}) {
  const clock = new Clock()
  /** @type {FakeWire[]} */
  const wires = []
  const store = new Store(await openDatabase(name), "me", "board")
  const outbox = new Outbox(client, store, () => false)
  outbox.load(await store.load(client))
  const world = { name, clock, wires, store, outbox, server, reachable }
  const open = () => {
    const wire = new FakeWire()
    wires.push(wire)
    if (world.reachable) queueMicrotask(() => server.serve(wire))
    else queueMicrotask(() => wire.drop())
    return wire
  }
  const sync = new Sync({ me: { id: "me" }, outbox, http, open, clock, random: () => 1 })
  return { ...world, world, sync, wire: () => /** @type {FakeWire} */ (wires.at(-1)) }
}

/** @param {string} id @param {any} [more] */
const addCard = (id, more) => ({ op: { do: "add_card", id, kind: "note", text: `Card ${id}`, ...more } })

test("a deed goes out, is acknowledged and leaves the queue", async () => {
  const { sync, outbox, server } = await tab()
  sync.start()
  await settled()
  outbox.add([addCard("a")], "Added a card")
  await settled()

  assert.equal(outbox.queue.length, 0)
  assert.equal(sync.view.get("a")?.seq, 1)
  assert.equal(server.received.length, 1)
})

test("C5 what the server says of its database holds until it says otherwise", async () => {
  const { sync, wire } = await tab()
  sync.start()
  await settled()
  const said = [true, false].map((waiting) => {
    sync.receive({ type: "waiting", waiting })
    return sync.waiting
  })
  sync.receive({ type: "waiting", waiting: true })
  wire().drop()
  sync.wake()
  await settled()

  assert.deepEqual(said, [true, false])
  assert.equal(sync.waiting, false) // the welcome did not say so again
})

test("C4 a deed lies on this device before it is counted as kept, and no disconnect clears it", async () => {
  const { sync, outbox, store, world } = await tab({ reachable: false })
  sync.start()
  await settled()
  outbox.add([addCard("a")], "Added a card")
  const before = outbox.kept
  await settled()

  assert.equal(before, 0)
  assert.equal(outbox.kept, 1)
  assert.equal((await store.load("c1")).queue.length, 1)
  assert.equal(world.reachable, false)
})

test("after a reload without a network the unsent deeds are there, and go out once when it is back", async () => {
  const first = await tab({ reachable: false })
  first.sync.start()
  first.outbox.add([addCard("a")], "Added")
  first.outbox.add([{ op: { do: "move_card", id: "a", x: 9, y: 9 } }], "Moved")
  await settled()
  const second = await tab({ name: first.name, server: first.server })
  second.sync.start()
  const shown = second.sync.view.get("a")?.fields.x
  await settled()

  assert.equal(shown, 9)
  assert.deepEqual(
    first.server.received.map(({ op }) => op.do),
    ["add_card", "move_card"],
  )
  assert.equal(second.outbox.queue.length, 0)
})

test("C2 when the answer was lost, the deed is asked for again and done once", async () => {
  const { sync, outbox, server, wire, clock } = await tab()
  sync.start()
  await settled()
  const lost = wire()
  const act = lost.heard
  lost.heard = (message) => {
    if (message.type === "op")
      server.act("c1", message) // committed, and the line breaks before the answer
    else act(message)
  }
  outbox.add([addCard("a")], "Added")
  await settled()
  lost.drop()
  clock.pass(1000)
  await settled()

  assert.equal(server.received.length, 1)
  assert.equal(outbox.queue.length, 0)
  assert.equal(sync.view.get("a")?.seq, 1)
})

test("C3 when the answer to a refused deed was lost, its words still come back as not saved", async () => {
  const { sync, outbox, server, wire, clock } = await tab()
  /** @type {any[]} */
  const refused = []
  outbox.on("refused", (news) => refused.push(news.words))
  server.refuse = () => "That card is no longer here."
  sync.start()
  await settled()
  const lost = wire()
  lost.heard = (message) => message.type === "op" && server.act("c1", message)
  outbox.add([{ op: { do: "edit_card", id: "x", text: "Dear words" } }], "Changed")
  await settled()
  lost.drop()
  clock.pass(1000)
  await settled()

  assert.deepEqual(refused, ["Dear words"])
  assert.equal(outbox.queue.length, 0)
})

test("C3 a refusal does not block what comes after it", async () => {
  const { sync, outbox, server } = await tab()
  server.refuse = (op) => (op.do === "edit_card" ? "No longer here." : null)
  sync.start()
  await settled()
  outbox.add([{ op: { do: "edit_card", id: "x", text: "Words" } }], "Changed")
  outbox.add([addCard("a")], "Added")
  await settled()

  assert.ok(sync.view.has("a"))
  assert.equal(outbox.queue.length, 0)
})

test("a queue is never sent as somebody else", async () => {
  const { sync, outbox, server, wire } = await tab()
  /** @type {any[]} */
  const ended = []
  sync.on("ended", ({ why }) => ended.push(why))
  const welcome = server.welcome.bind(server)
  server.welcome = (client) => ({ ...welcome(client), you: { ...welcome(client).you, id: "another" } })
  outbox.add([addCard("a")], "Added")
  sync.start()
  await settled()

  assert.deepEqual(ended, ["somebody-else"])
  assert.equal(
    wire().said.some((message) => message.type === "op"),
    false,
  )
  assert.equal(outbox.queue.length, 1)
})

test("D2 a frame that skips some makes it connect again from its cursor", async () => {
  const { sync, wires, wire } = await tab()
  sync.start()
  await settled()
  wire().tell({ type: "changes", from: 99, to: 100, puts: [], dels: ["q"], acks: [] })
  await settled()

  assert.equal(wires.length, 2)
  assert.equal(wires[1].said[0].from, 0)
})

test("C9 when no socket gets through twice, the same deeds go by post", async () => {
  const server = new FakeServer()
  /** @type {string[]} */
  const posted = []
  const http = {
    /** @param {string} client @param {any[]} entries */
    ops: async (client, entries) => {
      posted.push(...entries.map((entry) => entry.op.id))
      const acks = entries.flatMap((entry) => /** @type {any} */ (server.act(client, entry)).acks ?? [])
      return { type: "changes", from: 0, to: 0, puts: [], dels: [], acks }
    },
    changes: async (/** @type {string} */ client) => server.welcome(client),
  }
  const { sync, outbox, clock } = await tab({ server, http, reachable: false })
  outbox.add([addCard("a")], "Added")
  sync.start()
  await settled()
  clock.pass(600)
  await settled()
  sync.wake()
  await settled()
  sync.wake()
  await settled()
  sync.stop()

  assert.ok(posted.includes("a"))
  assert.equal(server.received.length, 1)
  assert.equal(outbox.queue.length, 0)
  assert.equal(sync.view.get("a")?.seq, 1)
})

test("undo asks for the deed to be taken back, newest first, and redo for that to be taken back", async () => {
  const { sync, outbox, wire, server } = await tab()
  /** @type {any[]} */
  const undos = []
  const act = server.act.bind(server)
  server.act = (client, message) => {
    if (message.undo_of === undefined) return act(client, message)
    undos.push(message.undo_of)
    server.seq++
    const known = /** @type {any} */ (server.clients.get(client))
    known.lastN = message.n
    return {
      type: "changes",
      from: server.seq - 1,
      to: server.seq,
      puts: [],
      dels: [],
      acks: [{ n: message.n, seq: server.seq, undo: true }],
    }
  }
  sync.start()
  await settled()
  outbox.add([addCard("a")], "Added a card")
  await settled()
  outbox.add([{ op: { do: "edit_card", id: "a", text: "x" } }], "Changed", "typing")
  await settled()
  outbox.add([{ op: { do: "edit_card", id: "a", text: "xy" } }], "Changed", "typing")
  await settled()
  const undone = outbox.undo()
  await settled()
  const redone = outbox.redo()
  await settled()

  assert.equal(undone, "Changed")
  assert.equal(redone, "Changed")
  assert.deepEqual(undos, [3, 2, 5, 4])
  assert.ok(wire())
})

test("undo of what was not sent yet withdraws it, and redo puts it back", async () => {
  const { sync, outbox, server, world, clock } = await tab({ reachable: false })
  sync.start()
  await settled()
  outbox.add([addCard("a")], "Added a card")
  outbox.undo()
  const gone = sync.view.has("a")
  outbox.redo()
  const back = sync.view.has("a")
  await settled()
  world.reachable = true
  clock.pass(2000)
  await settled()

  assert.deepEqual([gone, back], [false, true])
  assert.equal(server.received.length, 1)
})

test("C7 a tab takes over what a dead one left, under its old client, and leaves a living one alone", async () => {
  const left = await tab({ reachable: false, client: "dead" })
  left.outbox.add([addCard("a")], "Added")
  await settled()
  const locks = new FakeLocks()
  const first = await claim(left.store, locks, null)
  const second = await claim(left.store, locks, null)

  assert.equal(first, "dead")
  assert.notEqual(second, "dead")
  assert.deepEqual(await orphans(left.store, locks, second), [])
})

test("C7 a copied tab does not become the same client", async () => {
  const { store } = await tab()
  const locks = new FakeLocks()
  const first = await claim(store, locks, "wanted")
  const second = await claim(store, locks, "wanted")

  assert.equal(first, "wanted")
  assert.notEqual(second, "wanted")
})

test("signing out counts what is unsent and clears that person's boards alone", async () => {
  const { store, outbox, name } = await tab({ reachable: false })
  const db = await openDatabase(name)
  const other = new Store(db, "other", "board")
  await other.keep({ cursor: 3, audience: "x", about: {} }, [], [])
  outbox.add([addCard("a")], "Added")
  await settled()
  const waiting = await unsent(db, "me")
  await clear(db, "me")

  assert.equal(waiting, 1)
  assert.equal((await store.load("c1")).queue.length, 0)
  assert.equal((await other.snapshot())?.cursor, 3)
})

test("the copy on this device is of one moment: items and cursor together", async () => {
  const { store } = await tab()
  const item = { id: "a", item: "card", seq: 4, fields: { text: "Kept" } }
  await store.keep({ cursor: 4, audience: "x", about: { title: "T" } }, [item], [])
  await store.keep({ cursor: 5, audience: "x", about: { title: "T" } }, [], ["b"])

  const { cursor, items, about } = /** @type {any} */ (await store.snapshot())
  assert.deepEqual({ cursor, items, about }, { cursor: 5, items: [item], about: { title: "T" } })
})

test("C1 a welcome that is behind the answers gives no deed another's number", async () => {
  const { sync, outbox, server, wire, clock } = await tab()
  sync.start()
  await settled()
  outbox.add([addCard("a")], "Added")
  await settled()
  wire().drop()
  outbox.add([addCard("b")], "Added")
  const { welcome } = server
  server.welcome = (client) => ({ ...welcome.call(server, client), last_n: 0 })
  clock.pass(600)
  server.welcome = welcome
  await settled()

  assert.deepEqual(
    server.received.map(({ n, op }) => [n, op.id]),
    [
      [1, "a"],
      [2, "b"],
    ],
  )
  assert.equal(outbox.queue.length, 0)
})

test("a tab whose server was restored from an older backup begins anew, and its words arrive", async () => {
  const { sync, outbox, server, wire, clock, store } = await tab()
  sync.start()
  await settled()
  for (const id of ["a", "b", "c"]) {
    outbox.add([addCard(id)], "Added")
    await settled()
  }
  server.clients.clear()
  server.items.clear()
  server.seq = 0
  wire().drop()
  outbox.add([addCard("d")], "Added")
  await settled()
  clock.pass(600)
  await settled()
  outbox.add([addCard("e")], "Added")
  await settled()

  assert.deepEqual([...server.items.keys()], ["d", "e"])
  assert.equal(outbox.queue.length, 0)
  assert.notEqual(outbox.client, "c1")
  assert.equal((await store.load("c1")).client, outbox.client)
})

test("T2 whoever comes back hears where somebody wrote over their words meanwhile", async () => {
  const { sync, server, clock, wire } = await tab()
  /** @type {any[]} */
  const told = []
  sync.on("conflict", (clash) => told.push(clash))
  sync.start()
  await settled()
  const clash = { id: "a", field: "text", yours: "mine", theirs: "theirs" }
  const welcome = server.welcome.bind(server)
  server.welcome = (client) => /** @type {any} */ ({ ...welcome(client), conflicts: [clash] })
  wire().drop()
  clock.pass(1000)
  await settled()

  assert.deepEqual(told, [clash])
})
