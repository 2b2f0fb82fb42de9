// How wide the heading of a section may be on the screen, and where it lies when there is no room above.
import assert from "node:assert/strict"
import { test } from "node:test"
import { headingPlace, headingWidth, roomAbove } from "app/board/canvas/section_headings.js"

const left = { x: 0, y: 0, w: 500, h: 300 }

test("a heading has the width of its section, and never less", () => {
  assert.equal(headingWidth(left, [left], 1, 0), 500)
  assert.equal(headingWidth(left, [left, { ...left, x: 510 }], 0.5, 0), 250)
})

test("seen from afar it takes the room at its right, up to the next section", () => {
  const below = { ...left, y: 3000, w: 5000 }

  assert.equal(headingWidth(left, [left, below], 0.2, 0), 380)
  assert.equal(headingWidth(left, [left, below, { ...left, x: 1000 }], 0.2, 0), 186)
})

test("a section far below leaves it all the room", () => {
  assert.equal(headingWidth(left, [left, { x: 600, y: 3000, w: 5000, h: 300 }], 0.2, 0), 380)
})

test("it goes beyond the right edge of the board as far as the screen does when the board is in its middle", () => {
  const below = { ...left, x: 300, y: 3000 }

  assert.equal(headingWidth(left, [left], 0.2, 40), 140)

  assert.equal(headingWidth(left, [left], 0.2, 0), 100)
  assert.equal(headingWidth(left, [left, below], 0.2, 0), 160)
})

test("the room above a section ends at the lowest one above it", () => {
  const low = { ...left, y: 380 }
  const beside = { ...left, x: 540, h: 360 }

  assert.equal(roomAbove(low, [left, low, beside], 0.5, { x: 0, y: 64 }), 40)
  assert.equal(roomAbove(left, [left, low], 0.5, { x: 0, y: 64 }), Number.POSITIVE_INFINITY)
})

test("when all is seen from afar the room above the first sections ends at the edge of the screen", () => {
  assert.equal(roomAbove(left, [left], 0.2, { x: 0, y: 64 }), 64)
})

test("a heading with too little room comes down over its own section", () => {
  assert.deepEqual(headingPlace(51, 80, 300), { top: 0, short: false })
  assert.deepEqual(headingPlace(51, 40, 160), { top: 11, short: false })
})

test("one that would cover most of its section shows as many lines of its prompt as there is room for", () => {
  assert.deepEqual(headingPlace(91, 12, 38), { top: -12, short: true, lines: 0, twoLines: false })
  assert.deepEqual(headingPlace(91, 12, 100), { top: -12, short: true, lines: 1, twoLines: false })
  assert.deepEqual(headingPlace(400, 64, 48), { top: -64, short: true, lines: 2, twoLines: false })
})

test("a short one covers no more than half of its section, and nothing above it", () => {
  for (const room of [0, 10, 30, 64, 200]) {
    for (const section of [40, 80, 200, 400]) {
      const { top, short, lines = 0 } = headingPlace(900, room, section)
      const bottom = top + 32 + lines * 20
      assert.ok(short)
      assert.ok(-top <= Math.max(room, 0), `${top} into what lies above, with ${room}`)
      assert.ok(bottom <= Math.max(section / 2, 32), `${bottom} of ${section} covered`)
    }
  }
})

test("a title of two lines has both, where no prompt fits and they end above the foot of its section", () => {
  assert.equal(headingPlace(91, 12, 40, 46).twoLines, false)
  assert.equal(headingPlace(91, 20, 36, 46).twoLines, true)
  assert.equal(headingPlace(91, 20, 36, 23).twoLines, false)
})
