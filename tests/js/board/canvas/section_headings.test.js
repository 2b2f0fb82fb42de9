// How wide the heading of a section may be on the screen.
import assert from "node:assert/strict"
import { test } from "node:test"
import { headingWidth } from "app/board/canvas/section_headings.js"

const left = { x: 0, y: 0, w: 500, h: 300 }

test("a heading has the width of its section, and never less", () => {
  assert.equal(headingWidth(left, [left], 1), 500)
  assert.equal(headingWidth(left, [left, { ...left, x: 510 }], 0.5), 250)
})

test("seen from afar it takes the room at its right, up to the next section", () => {
  assert.equal(headingWidth(left, [left], 0.2), 380)
  assert.equal(headingWidth(left, [left, { ...left, x: 1000 }], 0.2), 186)
})

test("a section far below leaves it all the room", () => {
  assert.equal(headingWidth(left, [left, { x: 600, y: 3000, w: 500, h: 300 }], 0.2), 380)
})
