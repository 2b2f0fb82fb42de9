import assert from "node:assert/strict"
import { test } from "node:test"
import { plural, sentences } from "app/lib/words.js"

test("parts become sentences with one sign at the end of each", () => {
  assert.equal(
    sentences(["Note: It took four minutes.", "Vale Hospice", "2 links"]),
    "Note: It took four minutes. Vale Hospice. 2 links.",
  )
  assert.equal(
    sentences(["Question: Ready in whose eyes?", "“Now.”"]),
    "Question: Ready in whose eyes? “Now.”",
  )
  assert.equal(sentences([]), "")
})

test("a count has its noun", () => {
  assert.deepEqual(
    [0, 1, 2].map((count) => plural(count, "card")),
    ["0 cards", "1 card", "2 cards"],
  )
})
