import assert from "node:assert/strict"
import { test } from "node:test"
import { insertion } from "app/board/canvas/insertion.js"
import { grid } from "app/board/sync/arrangement.js"

const SIX = rows(520, 6) // two columns of 242 pixels, rows from 12, 156 and 300

test("a card dropped before the middle of another comes before it", () => {
  assert.deepEqual(insertion(SIX, { x: 300, y: 200 }, false), {
    after: "c2",
    mark: { x: 260, y: 156, w: 0, h: 132 },
  })
})

test("a card dropped behind the last of a row comes after that, and the mark is behind it", () => {
  assert.deepEqual(insertion(SIX, { x: 500, y: 200 }, false), {
    after: "c3",
    mark: { x: 514, y: 156, w: 0, h: 132 },
  })
})

test("a card dropped at the beginning comes first, and far below last", () => {
  assert.equal(insertion(SIX, { x: 5, y: -40 }, false).after, null)
  assert.equal(insertion(SIX, { x: 500, y: 4000 }, false).after, "c5")
})

test("an empty section takes it first", () => {
  assert.equal(insertion([], { x: 50, y: 50 }, false).after, null)
})

test("in one column the mark lies across, above or below a card", () => {
  const three = rows(200, 3)

  assert.deepEqual(insertion(three, { x: 10, y: 160 }, true), {
    after: "c0",
    mark: { x: 12, y: 150, w: 176, h: 0 },
  })
  assert.deepEqual(insertion(three, { x: 10, y: 430 }, true), {
    after: "c2",
    mark: { x: 12, y: 438, w: 176, h: 0 },
  })
})

/** @param {number} width @param {number} many @returns {[string, import("app/board/canvas/geometry.js").Box][]} */
function rows(width, many) {
  const { boxes } = grid(width, Array(many).fill({ w: 200, h: 132 }))
  return boxes.map((box, i) => [`c${i}`, box])
}
