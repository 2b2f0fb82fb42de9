import assert from "node:assert/strict"
import { test } from "node:test"
import { clockWords, secondsLeft } from "app/workshops/phone/clock.js"
import { freeSlot, slotOn } from "app/workshops/phone/dots.js"
import { HalfTypedWords } from "app/workshops/phone/half_typed.js"
import { asQuestion, isQuestion } from "app/workshops/phone/question.js"
import { savedWords } from "app/workshops/phone/saved_line.js"

test("the clock counts from the server's time, however wrong the phone's own clock is", () => {
  const told = { endsAt: 1_000_100, left: null, now: 1_000_000 }

  assert.equal(secondsLeft(told, 0), 100)
  assert.equal(secondsLeft(told, 40), 60)
  assert.equal(secondsLeft({ ...told, left: 33 }, 40), 33)
  assert.equal(secondsLeft({ endsAt: null, left: null, now: 5 }, 1), null)
})

test("it is read as minutes and seconds, and never below none", () => {
  assert.deepEqual([125, 60, 9.2, 0, -5].map(clockWords), ["2:05", "1:00", "0:10", "0:00", "0:00"])
})

test("a dot takes the first free slot, and the last one on a thing is taken back", () => {
  assert.equal(freeSlot({ 0: "yes", 1: "a" }, 3), 2)
  assert.equal(freeSlot({ 1: "a", 2: "b", 3: "a" }, 3), null)
  assert.equal(slotOn({ 1: "a", 2: "b", 3: "a" }, "a"), 3)
  assert.equal(slotOn({ 0: "yes" }, "yes"), null)
})

test("a question ends with a question mark, in quotes too", () => {
  assert.equal(isQuestion("How is it that we do both?"), true)
  assert.equal(isQuestion("“How is it that we do both?” "), true)
  assert.equal(isQuestion("We do both."), false)
  assert.equal(asQuestion("We do both. "), "We do both?")
})

test("W4 half-typed words stay under their question until they are sent or deleted", () => {
  const words = { id: "p1", phase: "p1", prompt: "Why?", text: "Half a", fields: { kind: "note" } }
  const half = new HalfTypedWords("me:", null)
  half.keep(words)
  half.keep({ ...words, id: "aside" })

  assert.deepEqual(half.of("p1"), words)
  assert.deepEqual(half.left("p1"), [{ ...words, id: "aside" }])
  assert.equal(half.left("p2").length, 2)
  half.forget("p1")
  half.keep({ ...words, id: "aside", text: "  " })
  assert.equal(half.size, 0)
})

test("C5 the line says who is away, and what is kept meanwhile", () => {
  const line = {
    reached: true,
    checking: false,
    waiting: 0,
    refused: 0,
    network: true,
    unkept: false,
    away: "",
    ended: "",
  }
  const words = (/** @type {object} */ given) => savedWords({ ...line, ...given }).words

  assert.equal(words({}), "✓ Saved")
  assert.equal(words({ waiting: 2 }), "Sending 2")
  assert.equal(words({ refused: 1 }), "Saved, 1 item not saved")
  assert.equal(
    words({ reached: false, network: false, waiting: 1 }),
    "This phone has no network. 1 thing kept on this phone.",
  )
  assert.equal(
    words({ reached: false, waiting: 2 }),
    "The server does not answer. Trying again. 2 things kept on this phone.",
  )
  assert.equal(
    words({ reached: false, waiting: 1, unkept: true }),
    "The server does not answer. Trying again. Keep this page open: 1 thing could not be kept.",
  )
  assert.equal(
    words({ away: "The server cannot store anything just now.", waiting: 2 }),
    "The server cannot store anything just now. 2 things kept on this phone.",
  )
  assert.equal(words({ ended: "Sign in to continue." }), "Sign in to continue.")
})
