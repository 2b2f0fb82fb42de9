import assert from "node:assert/strict"
import { test } from "node:test"
import { Field } from "app/board/text/field.js"
import { stage } from "./box.js"

/** A field with `text`, somebody in it with the caret at `caret`. @param {any} t @param {string} text @param {number} caret */
function writing(t, text, caret) {
  const { box, input, pass } = stage(t)
  /** @type {{ text: string, from: { text: string, seq: number } }[]} */
  const sent = []
  /** @type {(string | null)[]} */
  const shown = []
  const board = { text, seq: 1, sending: false }
  const field = new Field(input, {
    now: () => board,
    send: (words, from) => void sent.push({ text: words, from }),
    isSending: () => board.sending,
    showOthers: (others) => void shown.push(others),
  })
  box.focus()
  box.setSelectionRange(caret, caret)
  return { box, pass, sent, shown, others, field, board }

  /** @param {string} words */
  function others(words) {
    board.text = words
    board.seq++
    field.refresh()
  }
}

/** @param {import("./box.js").Box} box @param {string} key @param {object} [more] */
function press(box, key, more) {
  box.dispatchEvent(Object.assign(new Event("keydown"), { key, code: "", ctrlKey: true, ...more }))
}

test("T3 others' lines come into the box, and what is sent then is a change of the text with them", (/** @type {any} */ t) => {
  const { box, pass, sent, shown, others } = writing(t, "One\nTwo", 7)
  box.type("!")
  others("One more\nTwo")
  assert.deepEqual([box.value, box.selectionStart], ["One more\nTwo!", 13])
  pass(400)

  assert.deepEqual(sent, [{ text: "One more\nTwo!", from: { text: "One more\nTwo", seq: 2 } }])
  assert.equal(shown.at(-1), null)
})

test("T3 what touches one's own line is shown next to the box, until the caret moves away", (/** @type {any} */ t) => {
  const { box, shown, others } = writing(t, "One\nTwo", 7)
  others("One\nTwo three")
  assert.deepEqual([box.value, shown.at(-1)], ["One\nTwo", "One\nTwo three"])
  box.setSelectionRange(0, 0)
  box.dispatchEvent(new Event("keyup"))

  assert.deepEqual([box.value, box.selectionStart, shown.at(-1)], ["One\nTwo three", 0, null])
})

test("T3 nothing comes in while a character is composed, and all of it afterwards", (/** @type {any} */ t) => {
  const { box, pass, sent, others } = writing(t, "One\n", 4)
  box.dispatchEvent(new Event("compositionstart"))
  box.type("か")
  others("One more\n")
  pass(3000)
  assert.deepEqual([box.value, sent], ["One\nか", []])
  box.dispatchEvent(new Event("compositionend"))
  assert.equal(box.value, "One more\nか")
  pass(400)

  assert.equal(sent.length, 1)
})

test("T3 undo in the box takes back only what was written in it", (/** @type {any} */ t) => {
  const { box, others } = writing(t, "One\nTwo", 7)
  for (const letter of " and") box.type(letter)
  others("One more\nTwo")
  press(box, "z")
  assert.deepEqual([box.value, box.selectionStart], ["One more\nTwo", 12])
  press(box, "я", { code: "KeyZ", shiftKey: true })
  assert.equal(box.value, "One more\nTwo and")
  press(box, "z")
  press(box, "y")

  assert.equal(box.value, "One more\nTwo and")
})

test("T3 what was undone is sent", (/** @type {any} */ t) => {
  const { box, pass, sent } = writing(t, "One", 3)
  box.type("!")
  pass(400)
  press(box, "z")
  pass(400)

  assert.deepEqual(
    sent.map(({ text }) => text),
    ["One!", "One"],
  )
})

test("T3 while words are on their way nothing comes in; they are answered before the next go out", (/** @type {any} */ t) => {
  const { box, pass, sent, others, board } = writing(t, "One\nTwo", 7)
  board.sending = true
  box.type("!")
  pass(1000)
  others("One more\nTwo")
  assert.deepEqual([box.value, sent], ["One\nTwo!", []])
  board.sending = false
  others("One more\nTwo")

  assert.deepEqual(
    sent.map(({ text }) => text),
    ["One more\nTwo!"],
  )
})

test("T2 but not for ever", (/** @type {any} */ t) => {
  const { box, pass, sent, board } = writing(t, "One", 3)
  board.sending = true
  box.type("!")
  pass(2000)

  assert.equal(sent.length, 1)
})
