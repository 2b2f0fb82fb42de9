import assert from "node:assert/strict"
import { test } from "node:test"
import { partsOf } from "app/board/sync/parts.js"
import {
  enqueue,
  freeze,
  pending,
  resume,
  settle,
  unnumbered,
  withdraw,
  wordsOf,
} from "app/board/sync/queue.js"

/** @typedef {import("app/board/sync/queue.js").Queue} Queue */

/** @param {any[]} ops */
function queueOf(...ops) {
  /** @type {Queue} */
  let queue = []
  for (const [at, op] of ops.entries()) ({ queue } = enqueue(queue, { op }, at + 1))
  return queue
}

test("C4 unsent edits of one field become one", () => {
  const queue = queueOf(
    { do: "edit_card", id: "a", text: "One" },
    { do: "edit_card", id: "a", text: "One two" },
    { do: "edit_card", id: "a", kind: "ask" },
  )

  assert.deepEqual(pending(queue), [{ do: "edit_card", id: "a", text: "One two", kind: "ask" }])
})

test("T2 of joined edits, what was read before the first of them counts", () => {
  const ops = [
    { op: { do: "edit_card", id: "a", kind: "ask" } },
    { op: { do: "edit_card", id: "a", text: "One two" }, base: 4, read: { text: "One" } },
    { op: { do: "edit_card", id: "a", text: "One two three" }, base: 6, read: { text: "One two" } },
  ]
  /** @type {Queue} */
  let queue = []
  for (const [at, request] of ops.entries())
    ({ queue } = enqueue(queue, /** @type {any} */ (request), at + 1))

  const op = { do: "edit_card", id: "a", kind: "ask", text: "One two three" }
  assert.deepEqual(queue, [{ key: 1, n: null, op, base: 4, read: { text: "One" } }])
})

test("C4 what was sent once is frozen: a later edit is a deed of its own", () => {
  const { queue } = freeze(queueOf({ do: "edit_card", id: "a", text: "One" }), 0)
  const later = enqueue(queue, { op: { do: "edit_card", id: "a", text: "Two" } }, 2)

  assert.equal(later.joined, false)
  assert.deepEqual(
    later.queue.map((entry) => entry.n),
    [1, null],
  )
})

test("words typed into a card that was not sent yet belong to its adding", () => {
  const queue = queueOf(
    { do: "add_card", id: "a", kind: "note", text: "O" },
    { do: "edit_card", id: "a", text: "Oh" },
  )

  assert.deepEqual(pending(queue), [{ do: "add_card", id: "a", kind: "note", text: "Oh" }])
})

test("a move does not join one before it when another card was placed by that one meanwhile", () => {
  const queue = queueOf(
    { do: "move_card", id: "a", after: null },
    { do: "move_card", id: "b", after: "a" },
    { do: "move_card", id: "a", after: "c" },
  )

  assert.equal(queue.length, 3)
})

test("the base of joined words is the one the first were written on", () => {
  const first = enqueue([], { op: { do: "edit_card", id: "a", text: "One" }, base: 7 }, 1)
  const { entry } = enqueue(first.queue, { op: { do: "edit_card", id: "a", text: "Two" }, base: 9 }, 2)

  assert.equal(entry.base, 7)
})

test("C1 numbers count on from the last one and are never used twice", () => {
  const queue = queueOf({ do: "remove_card", id: "a" }, { do: "remove_card", id: "b" })
  const { frozen, lastN } = freeze(queue, 41)

  assert.deepEqual(
    frozen.map((entry) => entry.n),
    [42, 43],
  )
  assert.equal(lastN, 43)
})

test("an undo waits for the deed it takes back, and those behind wait with it", () => {
  let queue = queueOf({ do: "remove_card", id: "a" })
  ;({ queue } = enqueue(queue, { after: 1 }, 2))
  ;({ queue } = enqueue(queue, { op: { do: "remove_card", id: "b" } }, 3))
  const first = freeze(queue, 0)
  const answered = settle(first.queue, { n: 1, seq: 90 })
  const second = freeze(answered.queue, first.lastN)

  assert.equal(first.frozen.length, 1)
  assert.deepEqual(
    second.frozen.map(({ n, undo, op }) => ({ n, undo, op: partsOf(op)[0]?.id })),
    [
      { n: 2, undo: 90, op: undefined },
      { n: 3, undo: undefined, op: "b" },
    ],
  )
})

test("an undo of what was refused goes with it", () => {
  let { queue } = freeze(queueOf({ do: "remove_card", id: "a" }), 0)
  ;({ queue } = enqueue(queue, { after: 1 }, 2))

  assert.deepEqual(settle(queue, { n: 1, code: "not_found", say: "Gone." }).queue, [])
})

test("C2 after a welcome, what the server has is asked for once more but no longer laid over the board", () => {
  const { queue, lastN } = freeze(queueOf({ do: "remove_card", id: "a" }, { do: "remove_card", id: "b" }), 0)
  const resumed = resume(queue, 1, lastN)

  assert.deepEqual(
    pending(resumed.queue).map((op) => op.id),
    ["b"],
  )
  assert.deepEqual(
    resumed.queue.map((entry) => entry.n),
    [1, 2],
  )
})

test("C1 a number is never given to another deed, whatever the server says it knows", () => {
  const { queue, lastN } = freeze(queueOf({ do: "remove_card", id: "a" }, { do: "remove_card", id: "b" }), 6)
  const resumed = resume(queue, 5, lastN)

  assert.deepEqual(
    resumed.queue.map((entry) => entry.n),
    [7, 8],
  )
  assert.deepEqual([resumed.lastN, resumed.missing], [8, true])
  assert.deepEqual(resume(queue, 6, lastN).missing, false)
  assert.deepEqual([resume([], 5, 8).lastN, resume([], 5, 8).missing], [8, true])
})

test("for a server that has lost its answers all is new, and what it has lost cannot be taken back", () => {
  let { queue } = freeze(queueOf({ do: "remove_card", id: "a" }), 6)
  ;({ queue } = enqueue(queue, { undo: 90 }, 2))

  assert.deepEqual(unnumbered(queue), [{ key: 1, n: null, op: { do: "remove_card", id: "a" } }])
})

test("only what was never sent can be withdrawn", () => {
  const { queue } = freeze(queueOf({ do: "remove_card", id: "a" }), 0)
  const more = enqueue(queue, { op: { do: "remove_card", id: "b" } }, 2).queue

  assert.deepEqual(
    withdraw(more, [1, 2]).map((entry) => entry.key),
    [1],
  )
})

test("C3 the words of a refused deed are known, those of a move are none", () => {
  assert.equal(wordsOf({ do: "edit_card", id: "a", text: "Kept" }), "Kept")
  assert.equal(wordsOf({ do: "add_section", id: "a", title: "T", prompt: "P", x: 1 }), "T\nP")
  assert.equal(wordsOf({ do: "move_card", id: "a", x: 1 }), null)
})
