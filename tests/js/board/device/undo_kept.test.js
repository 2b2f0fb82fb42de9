import "fake-indexeddb/auto"
import assert from "node:assert/strict"
import { test } from "node:test"
import { openDatabase, Store } from "app/board/device/device_store.js"
import { forgetUndo, keepUndo } from "app/board/device/undo_kept.js"
import { Outbox } from "app/board/sync/outbox.js"
import { FakeTab, settled } from "../fakes.js"

/** @typedef {import("app/board/sync/queue.js").Entry} Entry */

const WHOSE = { person: "me", board: "board" }
let count = 0

/** A page of a tab: what a reload leaves is in `browser`. @param {any} browser @param {string} [tab] */
async function page(browser, tab = "t1") {
  const store = new Store(await openDatabase(browser.name), WHOSE.person, WHOSE.board)
  /** @type {Entry[]} */
  const sent = []
  const outbox = new Outbox(tab, store, (entries) => sent.push(...entries) > 0)
  outbox.load(await store.load(tab))
  keepUndo(outbox, browser.tab, WHOSE)
  return { outbox, sent }
}

function newBrowser() {
  return { name: `undo${count++}`, tab: new FakeTab() }
}

/** @param {string} id @param {string} text */
const words = (id, text) => ({ op: { do: "edit_card", id, text } })

/** @param {number} n @param {number} seq */
const ack = (n, seq) => ({ n, seq, undo: true })

test("T6 what the server has answered can be taken back after a reload, and done again after another", async () => {
  const browser = newBrowser()
  const first = await page(browser)
  first.outbox.connected(0)
  first.outbox.add([words("a", "One")], "Changed the words", "writing 1")
  await settled()
  first.outbox.settle([ack(1, 41)])
  await settled()
  const second = await page(browser)
  second.outbox.connected(1)
  const undone = second.outbox.undo()
  await settled()
  second.outbox.settle([ack(2, 42)])
  await settled()
  const third = await page(browser)
  third.outbox.connected(2)
  const redone = third.outbox.redo()
  await settled()

  assert.deepEqual([undone, redone], ["Changed the words", "Changed the words"])
  assert.deepEqual([second.sent[0]?.undo, third.sent[0]?.undo], [41, 42])
})

test("T6 what was not sent before a reload is withdrawn after it, and comes back with redo", async () => {
  const browser = newBrowser()
  const before = await page(browser)
  before.outbox.add([words("a", "One")], "Changed the words")
  await settled()
  const { outbox } = await page(browser)
  outbox.undo()
  const gone = outbox.ops()
  await settled()
  const after = await page(browser)
  after.outbox.redo()

  assert.deepEqual(gone, [])
  assert.deepEqual(after.outbox.ops(), [words("a", "One").op])
})

test("T6 words written after a reload are a gesture of their own", async () => {
  const browser = newBrowser()
  const before = await page(browser)
  before.outbox.add([words("a", "One")], "Changed the first", "writing 1")
  await settled()
  const { outbox } = await page(browser)
  outbox.add([words("b", "Two")], "Changed the second", "writing 1")

  assert.equal(outbox.undo(), "Changed the second")
  assert.equal(outbox.undo(), "Changed the first")
})

test("what was answered while its words left this device is not mistaken for a new deed", async () => {
  const browser = newBrowser()
  const before = await page(browser)
  before.outbox.connected(0)
  before.outbox.add([words("a", "One")], "Changed the first")
  await settled()
  before.outbox.settle([ack(1, 41)])
  await settled()
  await new Store(await openDatabase(browser.name), "me", "board").forget("t1")
  const { outbox, sent } = await page(browser)
  outbox.connected(1)
  outbox.add([words("b", "Two")], "Changed the second")
  await settled()
  outbox.settle([ack(2, 42)])
  outbox.undo()
  outbox.undo()
  await settled()

  assert.deepEqual(
    sent.flatMap((entry) => entry.undo ?? []),
    [42, 41],
  )
})

test("a copied tab, and whoever comes after somebody signed out, find nothing to undo", async () => {
  const browser = newBrowser()
  const { outbox } = await page(browser)
  outbox.add([words("a", "One")], "Changed the words")
  await settled()
  const copy = await page(browser, "t2")
  forgetUndo(browser.tab)
  const later = await page(browser)

  assert.equal(copy.outbox.undo(), undefined)
  assert.equal(later.outbox.undo(), undefined)
})

test("fifty gestures are kept, the newest", async () => {
  const browser = newBrowser()
  const { outbox } = await page(browser)
  for (let at = 1; at <= 60; at++) outbox.add([words(`card ${at}`, "x")], `Changed ${at}`)
  await settled()
  const after = await page(browser)
  const said = []
  for (let say = after.outbox.undo(); say; say = after.outbox.undo()) said.push(say)

  assert.equal(said.length, 50)
  assert.deepEqual([said[0], said.at(-1)], ["Changed 60", "Changed 11"])
})
