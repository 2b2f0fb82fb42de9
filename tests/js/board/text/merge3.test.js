import assert from "node:assert/strict"
import { readFileSync } from "node:fs"
import { test } from "node:test"
import { merge, runsTogether, tokensOf } from "app/board/text/merge3.js"

const file = new URL("../../../boards/merge_examples.json", import.meta.url)
const examples = JSON.parse(readFileSync(file, "utf8"))

test("the parts of a text are the server's", () => {
  for (const [text, tokens] of examples.tokens) assert.deepEqual(tokensOf(text), tokens)
})

test("T2 the browser joins two texts as the server does", () => {
  for (const [base, yours, theirs, joined] of examples.merges)
    assert.equal(merge(base, yours, theirs), joined, JSON.stringify([base, yours, theirs]))
})

test("T2 two words run together where no space and no unspaced script separates them", () => {
  assert.equal(runsTogether("one two", "three"), true)
  assert.equal(runsTogether("one two ", "three"), false)
  assert.equal(runsTogether("one two", "\nthree"), false)
  assert.equal(runsTogether("会", "议"), false)
  assert.equal(runsTogether("a", "\u0301"), true)
  assert.equal(runsTogether("", "a"), false)
})

test("T2 two who write in one line for minutes keep all their words", () => {
  const words = Array.from({ length: 400 }, (_, i) => i)
  const read = `The ${words.map((i) => `a${i}`).join(" ")} line`
  const theirs = `The ${words.map((i) => `a${i} b${i}`).join(" ")} line`
  const joined = merge(read, read.replace("a200 ", "a200 more "), theirs)

  assert.deepEqual(joined?.split(" ").sort(), [...theirs.split(" "), "more"].sort())
})
