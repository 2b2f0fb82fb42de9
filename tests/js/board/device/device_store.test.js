// What a browser stores belongs to one person; on a device that others use too nothing is stored.
import "fake-indexeddb/auto"
import assert from "node:assert/strict"
import { test } from "node:test"
import {
  clear,
  forgetOthers,
  lastPerson,
  openDatabase,
  remember,
  Store,
  unsent,
} from "app/board/device/device_store.js"

const QUEUE = [{ key: 1, n: null, op: { do: "remove_card", id: "a" } }]

/** @param {string} name */
async function withWordsOfDee(name) {
  const db = await openDatabase(name)
  await remember(db, "dee")
  await new Store(db, "dee", "board").saveFor("tab", {
    queue: /** @type {any} */ (QUEUE),
    client: "tab",
    lastN: 0,
    nextKey: 2,
  })
  return db
}

test("C7 a page that is made for somebody else forgets who was here last, and keeps what they left", async () => {
  const db = await withWordsOfDee("others")
  await forgetOthers(db, "dee")
  const same = await lastPerson(db)
  await forgetOthers(db, "eve")

  assert.equal(same, "dee")
  assert.equal(await lastPerson(db), undefined)
  assert.equal(await unsent(db, "dee"), 1)
  assert.equal(await unsent(db, "eve"), 0)
  assert.deepEqual(await new Store(db, "eve", "board").clients(), [])
})

test("clearing what one person left leaves what another left", async () => {
  const db = await withWordsOfDee("clearing")
  await clear(db, "eve")
  const left = await unsent(db, "dee")
  await clear(db, "dee")

  assert.equal(left, 1)
  assert.equal(await unsent(db, "dee"), 0)
})

test("C7 on a shared device the database is not even opened", async () => {
  const { document } = globalThis
  Object.assign(globalThis, {
    document: { querySelector: (/** @type {string} */ of) => (of === "[data-me][data-shared]" ? {} : null) },
  })
  await assert.rejects(openDatabase("shared"), DOMException)
  Object.assign(globalThis, { document })

  assert.deepEqual(await indexedDB.databases().then((all) => all.filter(({ name }) => name === "shared")), [])
})
