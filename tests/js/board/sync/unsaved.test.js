import "fake-indexeddb/auto"
import assert from "node:assert/strict"
import { test } from "node:test"
import { openDatabase, Store } from "app/board/device/device_store.js"
import { countCopied, forgetCopies, merge, takeCopies, writeCopy } from "app/board/device/unload_copy.js"
import { Unsaved } from "app/board/sync/unsaved.js"
import { FakeLocks, FakeTab, settled } from "../fakes.js"

const where = { person: "me", board: "board" }
let count = 0

async function device() {
  return new Store(await openDatabase(`unsaved${count++}`), "me", "board")
}

/** @param {string} id @param {string} words @param {any} [op] */
function draft(id, words, op = { do: "edit_card", id: "a", text: words }) {
  return { id, words, say: "Archived.", op, at: 1 }
}

/** @param {number} key @param {number | null} n @param {string} text */
const entry = (key, n, text) => ({ key, n, op: { do: "edit_card", id: `c${key}`, text } })

/** @param {any[]} queue @param {any} [more] */
const copyOf = (queue, more) => ({ queue, client: "tab", lastN: 0, nextKey: 9, drafts: [], ...more })

test("words that could not be saved are stored, and stand once where longer words contain them", async () => {
  const store = await device()
  const unsaved = new Unsaved(() => store)
  unsaved.keep(draft("1", "One"))
  unsaved.keep(draft("2", "One two"))
  unsaved.keep(draft("3", "One"))
  unsaved.keep(draft("4", "One", { do: "edit_card", id: "b", text: "One" }))
  await settled()

  assert.deepEqual(
    (await store.drafts()).map(({ id }) => id),
    ["2", "4"],
  )
})

test("words of a new card and a later change of it are for one place, a section's title and prompt are not", () => {
  const unsaved = new Unsaved(() => null)
  unsaved.keep(draft("1", "One", { do: "add_card", id: "a", text: "One" }))
  unsaved.keep(draft("2", "One two"))
  unsaved.keep(draft("3", "One", { do: "edit_section", id: "s", title: "One" }))
  unsaved.keep(draft("4", "One more", { do: "edit_section", id: "s", prompt: "One more" }))

  assert.deepEqual(
    unsaved.list.map(({ id }) => id),
    ["2", "3", "4"],
  )
})

test("words that change in their box stay one item, announced once", () => {
  const unsaved = new Unsaved(() => null)
  let kept = 0
  unsaved.on("kept", () => kept++)
  unsaved.keep(draft("1", "One"))
  unsaved.keep(draft("1", "One two"))
  unsaved.keep(draft("1", "On"))

  assert.equal(kept, 1)
  assert.deepEqual(
    unsaved.list.map(({ words }) => words),
    ["On"],
  )
})

test("words are unstored until the device has them, and for ever where it keeps nothing", async () => {
  const store = await device()
  const [stored, loose] = [new Unsaved(() => store), new Unsaved(() => null)]
  for (const unsaved of [stored, loose]) unsaved.keep(draft("1", "One"))
  assert.equal(stored.unstored().length, 1)
  await settled()

  assert.equal(stored.unstored().length, 0)
  assert.equal(loose.unstored().length, 1)
})

test("what a closed page copied is moved to the device once, and to its owner alone", async () => {
  const [storage, store, locks] = [new FakeTab(), await device(), new FakeLocks()]
  writeCopy(storage, where, "tab", copyOf([entry(1, null, "Mine")], { drafts: [draft("1", "One")] }))
  writeCopy(storage, { ...where, person: "you" }, "tab", copyOf([entry(1, null, "Yours")]))

  assert.equal(await takeCopies(storage, store, locks), true)
  assert.equal(await takeCopies(storage, store, locks), false)
  assert.deepEqual((await store.load("tab")).queue, [entry(1, null, "Mine")])
  assert.equal((await store.drafts()).length, 1)
  assert.deepEqual(Object.keys(storage), ["throughline unstored you board tab"])
})

test("the copy of a page that is still open is left to it", async () => {
  const [storage, store, locks] = [new FakeTab(), await device(), new FakeLocks()]
  writeCopy(storage, where, "tab", copyOf([entry(1, null, "Mine")]))
  let close = () => {}
  locks.request(
    "throughline me board tab",
    { ifAvailable: true },
    () => new Promise((done) => (close = () => done(1))),
  )

  assert.equal(await takeCopies(storage, store, locks), false)
  close()
  await settled()
  assert.equal(await takeCopies(storage, store, locks), true)
})

test("a copy that cannot be read holds up nobody", async () => {
  const [storage, store] = [new FakeTab(), await device()]
  storage.setItem("throughline unstored me board tab", "{half")

  assert.equal(await takeCopies(storage, store, new FakeLocks()), true)
  assert.deepEqual(Object.keys(storage), [])
})

test("nothing to copy leaves nothing", () => {
  const storage = new FakeTab()
  writeCopy(storage, where, "tab", copyOf([entry(1, null, "Mine")]))
  writeCopy(storage, where, "tab", copyOf([]))

  assert.deepEqual(Object.keys(storage), [])
})

test("a copy adds what was not stored, and replaces what was not sent; what was sent stays as it was", () => {
  const stored = { queue: [entry(1, 1, "sent"), entry(2, null, "ol")], client: "tab", lastN: 1, nextKey: 3 }
  const merged = merge(
    stored,
    copyOf([entry(1, null, "other"), entry(2, null, "older"), entry(3, null, "new")]),
  )

  assert.deepEqual(merged, {
    queue: [entry(1, 1, "sent"), entry(2, null, "older"), entry(3, null, "new")],
    client: "tab",
    lastN: 1,
    nextKey: 9,
  })
})

test("a page that opens lists what the device has, once, and says so", async () => {
  const store = await device()
  await store.keepDraft(draft("1", "One"))
  await store.keepDraft(draft("2", "Two"))
  const unsaved = new Unsaved(() => store)
  unsaved.keep(draft("2", "Two and more"))
  let changed = 0
  unsaved.on("changed", () => changed++)
  await unsaved.load()

  assert.deepEqual(unsaved.list.map(({ words }) => words).sort(), ["One", "Two and more"])
  assert.equal(changed, 1)
})

test("the page hears of words that are kept and dropped, and of nothing where none were", () => {
  const unsaved = new Unsaved(() => null)
  let changed = 0
  unsaved.on("changed", () => changed++)
  unsaved.keep(draft("1", "One"))
  assert.equal(changed, 1)
  unsaved.drop("2")
  assert.equal(changed, 1)
  unsaved.drop("1")

  assert.equal(changed, 2)
})

test("words are stored only when their newest version is, and dropped ones wait for nothing", async () => {
  /** @type {(() => void)[]} */
  const writes = []
  const slow = {
    keepDraft: () => new Promise((done) => writes.push(() => done(1))),
    dropDraft: async () => {},
  }
  const unsaved = new Unsaved(() => /** @type {any} */ (slow))
  unsaved.keep(draft("1", "One"))
  unsaved.keep(draft("1", "One two"))
  unsaved.keep(draft("9", "Gone", { do: "edit_card", id: "z", text: "Gone" }))
  unsaved.drop("9")
  writes[0]()
  await settled()
  assert.deepEqual(
    unsaved.unstored().map(({ words }) => words),
    ["One two"],
  )
  writes[1]()
  await settled()

  assert.deepEqual(unsaved.unstored(), [])
})

test("a tab whose copy was taken can leave another", async () => {
  const [storage, store, locks] = [new FakeTab(), await device(), new FakeLocks()]
  for (const text of ["One", "Two"]) {
    assert.equal(writeCopy(storage, where, "tab", copyOf([entry(1, null, text)])), true)
    assert.equal(await takeCopies(storage, store, locks), true)
  }

  assert.deepEqual((await store.load("tab")).queue, [entry(1, null, "Two")])
})

test("who signs out hears how many ops and words are in copies, and leaves only those of others", () => {
  const storage = /** @type {any} */ (new FakeTab())
  writeCopy(storage, where, "tab", copyOf([entry(1, null, "One")], { drafts: [draft("1", "One")] }))
  writeCopy(storage, { ...where, board: "other" }, "tab", copyOf([entry(1, null, "Two")]))
  writeCopy(storage, { ...where, person: "you" }, "tab", copyOf([entry(1, null, "Yours")]))
  storage.setItem("throughline unstored me board torn", "{half")
  assert.equal(countCopied(storage, "me"), 3)
  forgetCopies(storage, "me")

  assert.deepEqual(Object.keys(storage), ["throughline unstored you board tab"])
})
