import assert from "node:assert/strict"
import { test } from "node:test"
import * as geometry from "app/board/canvas/geometry.js"

/** @param {any} fields @returns {any} */
const item = (fields) => ({ id: "i", item: "card", seq: 1, fields })

test("a card lies by the corner of its section", () => {
  const box = geometry.cardBox(item({ x: 10, y: 20, w: 180 }), item({ x: 100, y: 50 }), 90)

  assert.deepEqual(box, { x: 110, y: 70, w: 180, h: 90 })
})

test("fitting shows all of it in the middle, and never larger than life", () => {
  assert.deepEqual(geometry.fit({ x: 0, y: 0, w: 100, h: 100 }, 500, 300), { k: 1, x: 200, y: 100 })
  assert.equal(geometry.fit({ x: 0, y: 0, w: 4000, h: 100 }, 1096, 800).k, 0.25)
})

test("fitting an empty board is the plain view", () => {
  assert.equal(geometry.fit(null, 800, 600).k, 1)
})

test("what is in view follows the lens", () => {
  const box = geometry.inView({ x: -100, y: 0, k: 0.5 }, 400, 200)

  assert.deepEqual(box, { x: 200, y: -0, w: 800, h: 400 })
})

test("a box outside is brought in by the smallest shift, one inside is left", () => {
  const viewport = { x: 0, y: 0, k: 1 }

  assert.deepEqual(geometry.reveal(viewport, { x: 100, y: 100, w: 50, h: 50 }, 400, 400), viewport)
  assert.deepEqual(geometry.reveal(viewport, { x: 500, y: 100, w: 50, h: 50 }, 400, 400), {
    x: -190,
    y: 0,
    k: 1,
  })
})

test("a link leaves and enters at the sides that face each other", () => {
  const { path, middle } = geometry.curve({ x: 0, y: 0, w: 100, h: 40 }, { x: 300, y: 0, w: 100, h: 40 })

  assert.match(path, /^M100 20 C/)
  assert.match(path, /297 20$/)
  assert.equal(middle.y, 20)
})
