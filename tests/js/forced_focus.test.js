// Keys that were meant for what is gone do nothing to its neighbour, for two seconds.
import assert from "node:assert/strict"
import { afterEach, beforeEach, mock, test } from "node:test"
import { forceFocus } from "app/lib/forced_focus.js"

class Box {
  matches() {
    return true
  }
}

let focused = 0
const neighbour = /** @type {any} */ ({ focus: () => focused++ })

beforeEach(() => {
  mock.timers.enable({ apis: ["setTimeout"] })
  Object.assign(globalThis, { window: new EventTarget(), HTMLElement: Box })
  focused = 0
  forceFocus(neighbour)
})

afterEach(() => {
  window.dispatchEvent(new Event("pointerdown"))
  mock.timers.reset()
})

/** Whether a key reaches the page. @param {string} key @param {Record<string, unknown>} [more] */
function arrives(key, more = {}) {
  const event = Object.assign(new Event("keydown", { cancelable: true }), { key, ...more })
  const seen = mock.fn()
  window.addEventListener("keydown", seen, { once: true })
  window.dispatchEvent(event)
  window.removeEventListener("keydown", seen)
  assert.equal(seen.mock.callCount() === 0, event.defaultPrevented)
  return !event.defaultPrevented
}

test("single keys are held back, and those that lead away or bear Ctrl are not", () => {
  for (const key of ["n", "я", " ", "Enter", "Delete", "Backspace", "ArrowLeft"])
    assert.equal(arrives(key), false, key)
  for (const key of ["Tab", "Escape", "F5"]) assert.equal(arrives(key), true, key)
  assert.equal(arrives("z", { ctrlKey: true }), true)
  assert.equal(focused, 1)
})

test("after two seconds keys count again, counted from the last time that the focus was moved", () => {
  mock.timers.tick(1500)
  forceFocus(neighbour)
  mock.timers.tick(1999)
  assert.equal(arrives("n"), false)
  mock.timers.tick(1)

  assert.equal(arrives("n"), true)
})

test("who points at something has seen where they are", () => {
  window.dispatchEvent(new Event("pointerdown"))

  assert.equal(arrives("n"), true)
})

test("what is typed into a text box that somebody went to arrives", () => {
  const event = Object.assign(new Event("keydown", { cancelable: true }), { key: "n" })
  Object.defineProperty(event, "target", { value: new Box() })
  window.dispatchEvent(event)

  assert.equal(event.defaultPrevented, false)
})

test("who has pointed at something gets the whole two seconds when the focus is moved again", () => {
  mock.timers.tick(1000)
  window.dispatchEvent(new Event("pointerdown"))
  forceFocus(neighbour)
  mock.timers.tick(1999)

  assert.equal(arrives("n"), false)
})
