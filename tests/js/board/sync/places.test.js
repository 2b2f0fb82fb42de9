import assert from "node:assert/strict"
import { test } from "node:test"
import { round, within } from "app/board/sync/items.js"
import { firstFree, overlap } from "app/board/sync/places.js"

test("a new card finds a place where none lies", () => {
  const taken = [{ x: 0, y: 0, w: 200, h: 110 }]
  const place = /** @type {any} */ (firstFree({ x: 10, y: 10 }, 4, 200, taken))

  assert.ok(place)
  assert.equal(overlap(taken[0], { ...place, w: 200, h: 90 }), false)
})

test("where all spots are taken there is none", () => {
  assert.equal(firstFree({ x: 0, y: 0 }, 2, 4, [{ x: 0, y: 0, w: 1000, h: 1000 }]), undefined)
})

test("pixels are kept to a round as the server keeps them", () => {
  const kept = [0.04, 0.25, 0.75, -0.25, 1.35, 1e20].map((value) => within(value, [-1e6, 1e6]))

  assert.deepEqual(kept, [0, 0.2, 0.8, -0.2, 1.4, 1e6])
  assert.equal(round(2.675), 2.7)
})
