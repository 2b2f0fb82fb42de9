// Where the bulk of a board lies.
import assert from "node:assert/strict"
import { test } from "node:test"
import { bulkOf } from "app/board/canvas/bulk.js"

const card = (/** @type {number} */ x, /** @type {number} */ y) => ({ x, y, w: 200, h: 130 })
const crowd = Array.from({ length: 30 }, (_, i) => card((i % 6) * 220, Math.floor(i / 6) * 150))

test("the bulk of an empty board is nothing", () => {
  assert.equal(bulkOf([]), null)
})

test("what lies together is all shown", () => {
  assert.deepEqual(bulkOf(crowd), { x: 0, y: 0, w: 1300, h: 730 })
  assert.deepEqual(bulkOf([card(0, 0), card(1500, 0)]), { x: 0, y: 0, w: 1700, h: 130 })
})

test("one card that was left far away makes nothing else small", () => {
  assert.deepEqual(bulkOf([...crowd, card(90_000, -90_000)]), { x: 0, y: 0, w: 1300, h: 730 })
})

test("a large section belongs to what lies in it, wherever its middle is", () => {
  const section = { x: -40, y: -40, w: 8000, h: 8000 }

  assert.deepEqual(bulkOf([section, ...crowd]), section)
})
