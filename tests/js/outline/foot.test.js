import assert from "node:assert/strict"
import { test } from "node:test"
import { keyboardHeight } from "app/outline/foot.js"

test("the keyboard is what of the window is not in sight", () => {
  assert.equal(keyboardHeight(844, { height: 508, offsetTop: 0, scale: 1 }), 336)
  assert.equal(keyboardHeight(844, { height: 508, offsetTop: 100, scale: 1 }), 236)
  assert.equal(keyboardHeight(844, { height: 844.4, offsetTop: 0, scale: 1 }), 0)
})

test("a page that is only enlarged has no keyboard over it", () => {
  assert.equal(keyboardHeight(844, { height: 422, offsetTop: 0, scale: 2 }), 0)
})
