// The dots of the background are scaled while one zooms, and painted anew only at rest.
import assert from "node:assert/strict"
import { test } from "node:test"
import { scaled, stepAt } from "app/board/canvas/movement/dots.js"

test("dots that come closer while one zooms out are every second of them, and never smaller than painted", () => {
  const painted = stepAt(1)
  for (let k = 1; k > 0.1; k /= 1.04) {
    const step = stepAt(k)
    const { apart = 0, scale = 0 } = scaled(painted, step) ?? {}
    assert.ok(scale > 0.99 && scale < 2, `${scale} at ${k}`)
    assert.ok(Number.isInteger(Math.log2(apart / step)), `${apart} at ${k}`)
    assert.equal(apart, painted * scale)
  }
})

test("back at the scale where they were painted they are as they were", () => {
  assert.deepEqual(scaled(24, 24 * (1 - 1e-12)), { apart: 24 * (1 - 1e-12), scale: 1 - 1e-12 })
})

test("dots that would be too far apart to reach to the edges are painted anew, and so are the first", () => {
  assert.equal(scaled(72, 24 * 2.9), null)
  assert.equal(scaled(0, 24), null)
})
