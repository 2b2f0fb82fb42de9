import "fake-indexeddb/auto"
import assert from "node:assert/strict"
import { mock, test } from "node:test"
import { openDevice } from "app/board/device/device.js"
import { openDatabase, Store } from "app/board/device/device_store.js"
import { Outbox } from "app/board/sync/outbox.js"
import { FakeLocks, FakeTab, settled } from "../fakes.js"

const SOON = 400 // ms
/** @param {any} [more] */
const who = (more) => ({
  person: "me",
  tab: null,
  locks: new FakeLocks(),
  copies: new FakeTab(),
  patience: SOON,
  ...more,
})
const never = () => new Promise(() => {})

test("a device that works gives what it has, and a place for this tab", async () => {
  const store = new Store(await openDatabase(), "me", "b1")
  await store.keep({ cursor: 4, audience: "x", about: {} }, [], [])
  const device = await openDevice("b1", who({ tab: "t1" }))

  assert.deepEqual([device.kept?.cursor, device.place?.tab, device.person], [4, "t1", "me"])
})

test("a database that never answers is done without", async () => {
  mock.method(indexedDB, "open", () => ({ addEventListener() {} }))
  const device = await openDevice("b1", who())
  mock.restoreAll()

  assert.deepEqual([device.store, device.place, device.person], [null, null, "me"])
})

test("a database that refuses is done without", async () => {
  mock.method(indexedDB, "open", () => {
    throw new DOMException("No.", "SecurityError")
  })
  const device = await openDevice("b1", who())
  mock.restoreAll()

  assert.equal(device.store, null)
})

for (const [name, locks] of /** @type {[string, any][]} */ ([
  ["are missing", undefined],
  ["never answer", { request: never }],
  ["refuse", { request: async () => Promise.reject(new DOMException("No.", "SecurityError")) }],
])) {
  test(`where Web Locks ${name}, the board is there and the queue is not stored`, async () => {
    const device = await openDevice("b1", who({ locks }))

    assert.deepEqual([device.kept?.cursor, device.place], [4, null])
  })
}

test("a place that comes too late is let go of, so that another tab can take it over", async () => {
  const locks = new FakeLocks()
  /** @type {any[]} */
  const late = []
  const slow = {
    request: (/** @type {any[]} */ ...asked) =>
      new Promise((done) => late.push(() => done(/** @type {any} */ (locks).request(...asked)))),
  }
  await openDevice("b1", who({ tab: "t1", locks: slow }))
  for (const answer of late) answer()
  await settled()
  const next = await openDevice("b1", who({ tab: "t1", locks }))

  assert.equal(next.place?.tab, "t1")
})

/** @param {any} saveQueue */
async function outboxOn(saveQueue) {
  const store = new Store(await openDatabase(), "me", "b2")
  const real = store.saveQueue.bind(store)
  store.saveQueue = saveQueue
  /** @type {any[]} */
  const sent = []
  const outbox = new Outbox("t", store, (entries) => sent.push(...entries) > 0)
  outbox.saver.patience = SOON
  outbox.connected(0)
  await settled()
  return { outbox, store, sent, real }
}

const op = (/** @type {string} */ id) => [{ op: { do: "remove_card", id } }]

test("C5 on a full device ops are sent all the same, are not said to be stored, and are once there is room", async () => {
  const { outbox, store, sent, real } = await outboxOn(async () => {
    throw new DOMException("Full.", "QuotaExceededError")
  })
  outbox.add(op("a"), "Removed")
  await settled()
  const full = [outbox.saver.storing, outbox.kept, sent.length]
  store.saveQueue = real
  outbox.add(op("b"), "Removed")
  await settled()

  assert.deepEqual(full, [false, 0, 1])
  assert.deepEqual([outbox.saver.storing, outbox.kept, sent.length], [true, 2, 2])
  assert.equal((await store.load("t")).queue.length, 2)
})

test("C5 a device that stops answering holds up nothing, and is used again when it answers", async () => {
  /** @type {(() => void)[]} */
  const waiting = []
  const { outbox, store, sent, real } = await outboxOn(
    () => new Promise((done) => waiting.push(() => done(undefined))),
  )
  outbox.add(op("a"), "Removed")
  await new Promise((done) => setTimeout(done, SOON + 50))
  outbox.add(op("b"), "Removed")
  await settled()
  const hung = [outbox.saver.storing, outbox.kept, sent.length]
  store.saveQueue = real
  for (const answer of waiting) answer()
  await settled()

  assert.deepEqual(hung, [false, 0, 2])
  assert.deepEqual([outbox.saver.storing, outbox.kept], [true, 2])
})
