import assert from "node:assert/strict"
import test from "node:test"
import { inMinutes, secondsLeft } from "app/workshops/countdown.js"

test("a clock is shown in minutes and seconds, and never below nought", () => {
  const shown = [125, 60, 59.2, 0.4, 0, -30].map(inMinutes)

  assert.deepEqual(shown, ["2:05", "1:00", "1:00", "0:01", "0:00", "0:00"])
})

test("time is left until the end by the server's time, as it stood while it is paused, and not at all without a clock", () => {
  assert.equal(secondsLeft({ endsAt: "130.5", left: undefined }, 100), 30.5)
  assert.equal(secondsLeft({ endsAt: undefined, left: "42" }, 1e9), 42)
  assert.equal(secondsLeft({ endsAt: undefined, left: undefined }, 100), null)
})
