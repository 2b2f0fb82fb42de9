// While one zooms, the board is painted at one scale and that picture is scaled.
import assert from "node:assert/strict"
import { test } from "node:test"
import { Glide } from "app/board/canvas/movement/glide.js"

Object.assign(globalThis, { devicePixelRatio: 2 })

/** A glide, and by how much its picture and the world in it are scaled. */
function gliding() {
  const [picture, world] = [{ style: { transform: "" } }, { style: { transform: "" } }]
  const [parentElement, previousElementSibling] = [picture, { style: {} }]
  const glide = new Glide(/** @type {any} */ ({ ...world, parentElement, previousElementSibling }))
  const scale = (/** @type {{ style: { transform: string } }} */ { style }) =>
    Number(/scale\((.*)\)/.exec(style.transform)?.[1])
  const scales = () => [scale(picture), scale(world)]
  return {
    glide,
    picture,
    scales,
    at: (/** @type {number} */ k, isZooming = true) => glide.draw({ x: 5.3, y: 7.1, k }, isZooming),
  }
}

test("at rest the board is painted at the scale at which it is seen, and only moved, by whole pixels", () => {
  const { at, picture, scales } = gliding()
  for (const k of [0.45, 1, 3]) {
    at(k, false)
    assert.deepEqual(scales(), [1, k])
  }
  assert.equal(picture.style.transform, "translate(5.5px, 7px) scale(1)")
})

test("a movement scales the picture of its beginning, and once it rests the board is painted anew", () => {
  const { at, picture, scales } = gliding()
  at(0.5, false)
  at(0.6)
  assert.deepEqual(scales(), [1.2, 0.5])
  assert.equal(picture.style.transform, "translate(5.3px, 7.1px) scale(1.2)")
  at(0.4)
  assert.deepEqual(scales(), [0.8, 0.5])
  at(0.4, false)
  assert.deepEqual(scales(), [1, 0.4])
})

test("however far one zooms, the picture is never a blur, and never many times the pixels of the screen", () => {
  const { at, scales } = gliding()
  at(0.1, false)
  const steps = [...Array(90).keys()]
  const all = [...steps.map((i) => 0.1 * 1.039 ** i), ...steps.map((i) => 3 / 1.039 ** i)]
  let painted = 0
  let last = 0.1
  for (const k of all) {
    at(k)
    const [picture, world] = scales()
    assert.ok(Math.abs(picture * world - k) < 1e-9, "together they are what is asked")
    assert.ok(picture <= 1.5 && picture >= 0.5, `${picture} at ${k}`)
    painted += Number(world !== last)
    last = world
  }
  assert.ok(painted <= 15, `painted ${painted} times in ${all.length} steps`)
})

test("the dots of the picture lie where those of the background do, and fill the view but far away", () => {
  const { glide, at } = gliding()
  at(0.5, false)
  const { inset, backgroundSize } = glide.ground.style
  assert.equal(backgroundSize, "24px 24px")
  assert.equal(Math.abs(Number.parseFloat(inset) % 24), 0, "from the corner of the board")
  const screen = { width: 1440, height: 900 }
  assert.ok(glide.reaches({ x: -20_000, y: 900, k: 0.6, ...screen }))
  assert.ok(!glide.reaches({ x: -40_000, y: 900, k: 0.6, ...screen }))
})
