// What many items become by one batch, and how parts are put into batches.
import assert from "node:assert/strict"
import { test } from "node:test"
import * as batches from "app/board/sync/batches.js"
import { isLockedFor, mayChangeSection } from "app/board/sync/locks.js"
import { inBatches } from "app/board/sync/parts.js"
import { refusals } from "app/board/sync/refusal.js"
import { Replica } from "app/board/sync/replica.js"

/** A board with a hall of cards a, b, c and, outside, d, e. */
function board() {
  const replica = new Replica()
  const put = (/** @type {string} */ id, /** @type {string} */ item, /** @type {any} */ fields) => {
    replica.items.set(id, { id, item, seq: 1, fields })
    replica.view.set(id, { id, item, seq: 1, fields })
  }
  put("hall", "section", { title: "Hall", x: 100, y: 50, w: 900, h: 900, order: "a0" })
  const cards = { a: "hall", b: "hall", c: "hall", d: null, e: null }
  Object.entries(cards).forEach(([id, section], i) => {
    const by = i % 2 ? "ben" : "ana"
    put(id, "card", { kind: "note", text: id, section, x: 0, y: 0, w: 200, order: `a${i}`, by })
  })
  return replica
}

/** @param {Replica} replica @param {import("app/board/schema.js").AnyOp[]} parts */
function hallAfter(replica, parts) {
  replica.overlay(parts, { id: "ana", at: 0 })
  return batches
    .inOutline(replica.view, replica.view.keys())
    .filter(({ fields }) => fields.section === "hall")
    .map(({ id }) => id)
    .join("")
}

test("cards moved to a section keep their turn, last there or after another card", () => {
  const moved = (/** @type {string} */ ids, /** @type {string | null | undefined} */ after) => {
    const replica = board()
    return hallAfter(replica, batches.moveTo(replica.view, ids, "hall", after))
  }

  assert.equal(moved("ed", undefined), "abcde")
  assert.equal(moved("da", undefined), "bcad")
  assert.equal(moved("ed", "a"), "adebc")
  assert.equal(moved("cd", null), "cdab")
})

test("cards that stand at their place in turn already are not moved", () => {
  const { view } = board()

  assert.deepEqual(batches.moveTo(view, ["b", "c"], "hall", "a"), [])
  assert.deepEqual(batches.moveTo(view, ["a"], "hall", null), [])
  assert.equal(batches.moveTo(view, ["a", "c"], "hall", null).length, 2)
})

test("cards put to places enter the section there; those that are in it stay in their turn", () => {
  const { view } = board()
  const places = ["a", "d", "gone"].map((id) => ({ id, x: 10.06, y: 20, section: "hall" }))

  assert.deepEqual(batches.place(view, places), [
    { do: "move_card", id: "a", x: 10.1, y: 20 },
    { do: "move_card", id: "d", x: 10.1, y: 20, section: "hall" },
  ])
  assert.deepEqual(batches.place(view, [{ id: "d", x: 1, y: 2 }]), [{ do: "move_card", id: "d", x: 1, y: 2 }])
})

test("one's own cards are found in the order of the outline", () => {
  assert.deepEqual(batches.cardsBy(board().view, "ana"), ["a", "c", "e"])
})

test("a batch holds as many parts as it may have, and as many bytes", () => {
  const parts = Array.from({ length: 401 }, (_, i) => ({ do: "remove_card", id: `${i}` }))
  const sizes = inBatches(parts).map((op) => ("parts" in op ? op.parts.length : 1))
  const long = batches.addCards(Array.from({ length: 90 }, () => ({ kind: "note", text: "é".repeat(2000) })))
  const bytes = inBatches(long).map((op) => new TextEncoder().encode(JSON.stringify(op)).length)

  assert.deepEqual(sizes, [200, 200, 1])
  assert.ok(bytes.length === 2 && bytes.every((size) => size <= 262144), String(bytes))
})

test("what was left out or refused keeps its words, part by part", () => {
  const [one, two, three] = batches.addCards(["x", "y", "z"].map((text) => ({ kind: "note", text })))
  /** @type {import("app/board/schema.js").Batch} */
  const op = { do: "batch", parts: [one, two, three] }
  const words = (/** @type {any} */ ack) => refusals({ op }, ack).map((each) => each.words)

  assert.deepEqual(words({ n: 1, seq: 2, left_out: { [two.id]: "" } }), ["y"])
  assert.deepEqual(words({ n: 1, code: "full", say: "Full." }), ["x", "y", "z"])
  assert.deepEqual(words({ n: 1, seq: 2 }), [])
})

test("a locked section may be changed by those alone who may lock it", () => {
  const section = { id: "hall", item: "section", seq: 1, fields: { locked: true } }
  const guest = (/** @type {string} */ act) => act !== "lock_section"

  assert.equal(mayChangeSection(guest, section), false)
  assert.equal(
    mayChangeSection(() => true, section),
    true,
  )
  assert.equal(isLockedFor(guest, { do: "move_section" }, section), true)
  assert.equal(isLockedFor(guest, { do: "add_card" }, undefined), false)
})
