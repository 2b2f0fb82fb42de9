// Where the bar of what is selected stands.
import assert from "node:assert/strict"
import { test } from "node:test"
import { besideOf } from "app/board/shell/bar_place.js"

const size = { w: 400, h: 44 }
const room = { w: 1000, h: 700 }

test("it stands above, in the middle of what is selected", () => {
  assert.deepEqual(besideOf({ x: 400, y: 300, w: 200, h: 100 }, size, room), { x: 300, y: 242 })
})

test("where there is no room above it stands below", () => {
  assert.deepEqual(besideOf({ x: 400, y: 20, w: 200, h: 100 }, size, room), { x: 300, y: 134 })
})

test("it stays within what is seen, also for what is larger than that", () => {
  assert.deepEqual(besideOf({ x: 0, y: 300, w: 200, h: 100 }, size, room), { x: 8, y: 242 })
  assert.deepEqual(besideOf({ x: 950, y: 300, w: 200, h: 100 }, size, room), { x: 592, y: 242 })
  assert.deepEqual(besideOf({ x: 0, y: -50, w: 900, h: 2000 }, size, room), { x: 250, y: 648 })
})
