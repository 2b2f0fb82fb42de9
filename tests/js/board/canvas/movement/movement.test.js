// While the view moves, what is drawn is scaled as one picture, and new cards come some at a time.
import assert from "node:assert/strict"
import { test } from "node:test"
import { Movement, slice } from "app/board/canvas/movement/movement.js"

// A movement, and how often it rested.
/** @param {(next: () => void) => void} [nextFrame] */
function moving(nextFrame = (next) => next()) {
  const seen = { rested: 0 }
  let rest = () => {}
  const rested = new Promise((done) => {
    rest = () => done(seen.rested++)
  })
  return { seen, rested, movement: new Movement(() => rest(), nextFrame) }
}

/** Longer than a rest. */
function later() {
  return new Promise((done) => setTimeout(done, 120))
}

test("a single step is no movement: it is drawn whole at once, and so is the next after a rest", async () => {
  const { movement, seen } = moving()
  movement.step(2)
  assert.equal(movement.isOngoing, false)
  await later()
  movement.step(1)
  assert.equal(movement.isOngoing, false)
  assert.equal(movement.isZooming, false)
  assert.equal(seen.rested, 0)
})

test("a small step of the scale is the first of zooming, either way, and ends even if it is the only one", async () => {
  for (const scale of [1.04, 1 / 1.04]) {
    const { movement, seen, rested } = moving()
    movement.step(1)
    await later()
    movement.step(scale)
    assert.equal(movement.isZooming, true)
    assert.equal(movement.isOngoing, false)
    await rested
    assert.equal(movement.isZooming, false)
    assert.equal(seen.rested, 1)
  }
})

test("the first scale of all is no zooming, whatever it is", () => {
  const { movement } = moving()
  movement.step(1.1)
  assert.equal(movement.isZooming, false)
})

test("a second step soon after is one, and it ends when the view rests", async () => {
  const { movement, seen, rested } = moving()
  movement.step(1)
  movement.step(1.1)
  assert.equal(movement.isOngoing, true)
  assert.equal(movement.isZooming, true)
  await rested
  assert.equal(movement.isOngoing, false)
  assert.equal(movement.isZooming, false)
  assert.equal(seen.rested, 1)
})

test("a late frame is no rest: the view rests when two frames have come without a step", async () => {
  /** @type {(() => void)[]} */
  const frames = []
  const { movement, seen } = moving((next) => frames.push(next))
  movement.step(1)
  movement.step(1.1)
  await later()
  assert.equal(movement.isOngoing, true)
  movement.step(1.2)
  while (frames.length) frames.pop()?.()
  assert.equal(movement.isOngoing, true)
  await later()
  while (frames.length) frames.pop()?.()
  assert.deepEqual([movement.isOngoing, seen.rested], [false, 1])
})

test("while one pans the scale stays, and nothing is scaled as one picture", () => {
  const { movement } = moving()
  movement.step(1)
  movement.step(1)
  assert.equal(movement.isOngoing, true)
  assert.equal(movement.isZooming, false)
})

test("of many new cards only some are drawn in one frame, those in view first, in their order", () => {
  const wanted = Array.from({ length: 100 }, (_, i) => i)
  const some = slice(
    wanted,
    (each) => each < 10,
    (each) => each >= 90,
  )
  assert.deepEqual(some, [...wanted.slice(0, 16), ...wanted.slice(90)])
  assert.equal(
    slice(
      wanted,
      (each) => each < 90,
      () => true,
    ),
    wanted,
  )
})
