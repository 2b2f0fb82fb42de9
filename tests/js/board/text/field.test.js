import assert from "node:assert/strict"
import { test } from "node:test"
import { Field } from "app/board/text/field.js"
import { stage } from "./box.js"

/** @param {any} t @param {string} text */
function written(t, text) {
  const { box, input, pass } = stage(t)
  /** @type {string[]} */
  const sent = []
  const board = { text, seq: 1, shared: true }
  const field = new Field(input, {
    now: () => board,
    send: (words) => void sent.push(words),
    isShared: () => board.shared,
  })
  box.focus()
  return { box, pass, sent, board, field }
}

test("T2 while somebody else has it open, words go out every half second of typing", (/** @type {any} */ t) => {
  const { box, pass, sent } = written(t, "")
  for (const sign of "what we know so far") {
    box.type(sign)
    pass(100)
  }

  assert.deepEqual(sent, ["what ", "what we kn", "what we know so"])
})

test("T2 a word in the making at the start of the text goes out once it is finished", (/** @type {any} */ t) => {
  const { box, pass, sent } = written(t, "What")
  for (const sign of "many words ") {
    box.type(sign)
    pass(100)
  }
  pass(400)

  assert.deepEqual(sent, ["many What", "many words What"])
})

test("T2 an unfinished word goes out after a longer rest, or when the field is left", (/** @type {any} */ t) => {
  const { box, pass, sent } = written(t, "What")
  box.type("so")
  pass(1900)
  assert.deepEqual(sent, [])
  pass(100)
  assert.deepEqual(sent, ["soWhat"])

  box.type("me")
  box.blur()
  assert.deepEqual(sent, ["soWhat", "someWhat"])
})

test("T2 to nobody else it goes out after the usual rest", (/** @type {any} */ t) => {
  const { box, pass, sent, board } = written(t, "What")
  board.shared = false
  box.type("so")
  pass(400)

  assert.deepEqual(sent, ["soWhat"])
})
