import assert from "node:assert/strict"
import { test } from "node:test"
import { changeThere, faceOf, places, recordOf } from "app/board/canvas/draw_live_status.js"
import { newsOf } from "app/board/shell/activity.js"
import { predict } from "app/board/sync/predict.js"

const face = { goal: "g", word: "Improving", value: "82.0%", points: [0, 100] }
/** @param {number} seq @param {any} fields @returns {any} */
const card = (seq, fields = {}) => ({
  id: "a",
  item: "card",
  seq,
  fields: { kind: "outcome", text: "One", ...fields },
})

test("only outcome cards show a face", () => {
  assert.equal(faceOf(card(1)), null)
  assert.deepEqual(faceOf(card(1, { face })), face)
  assert.equal(faceOf(card(1, { face, kind: "note" })), null)
})

test("a card of any kind shows the record that it stands for, and not as a goal", () => {
  const record = {
    record: "r",
    title: "Quick and slow",
    kind: "Assumption",
    word: "Untested",
    value: "",
    points: [],
  }

  assert.deepEqual(recordOf(card(1, { face: record, kind: "note" })), record)
  assert.equal(faceOf(card(1, { face: record })), null)
  assert.equal(recordOf(card(1, { face })), null)
  assert.equal(changeThere(record), "This card stands for an assumption. Change it there.")
})

test("a line goes from left to right, and what is higher lies higher", () => {
  const [first, middle, last] = places([0, 50, 100])

  assert.deepEqual(first, [3, 17])
  assert.deepEqual(middle, [36, 10])
  assert.deepEqual(last, [69, 3])
  assert.deepEqual(places([]), [])
  assert.deepEqual(places([50]), [[3, 10]])
})

test("another face is no news of people", () => {
  assert.equal(newsOf(card(1), card(2, { face })), null)
  assert.equal(newsOf(card(1, { face }), card(2, { text: "Two" })), "changed")
  assert.equal(newsOf(card(1, { face }), card(2, { face, x: 9 })), "moved")
})

test("one's own unanswered edit keeps the face of the card", () => {
  /** @type {any} */
  let shown = null
  const items = new Map([["a", card(1, { face })]])
  predict(items, { do: "edit_card", id: "a", text: "Two" }, { id: "me", at: 0 }, (_, item) => {
    shown = item
  })

  assert.deepEqual(shown.fields.face, face)
  assert.equal(shown.fields.text, "Two")
})
