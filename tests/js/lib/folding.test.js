import assert from "node:assert/strict"
import { readFileSync } from "node:fs"
import { test } from "node:test"
import { matches, pieces, query, words } from "app/lib/folding.js"

const examples = JSON.parse(readFileSync(new URL("../../boards/find_examples.json", import.meta.url), "utf8"))

test("the page folds words as the server does", () => {
  for (const [text, folded] of examples.words)
    assert.deepEqual(
      words(text).map((one) => one.word),
      folded,
      text,
    )
})

test("the page finds what the server finds", () => {
  for (const [asked, texts, found] of examples.matches)
    assert.equal(matches(query(asked), texts.map(words)), found, JSON.stringify([asked, texts]))
})

test("the page marks in a text what the server marks", () => {
  for (const [asked, text, marked] of examples.pieces)
    assert.deepEqual(
      pieces(query(asked), text).map((piece) => [piece.text, piece.found]),
      marked,
    )
})
