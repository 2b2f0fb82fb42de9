// Where a text that is too long is cut, and what of a text can be stored.
import assert from "node:assert/strict"
import { test } from "node:test"
import { cut, pieces, storable } from "app/lib/characters.js"

const word = "Wort "
const family = "\u{1f469}\u200d\u{1f469}\u200d\u{1f467}"

test("a text that fits is not cut", () => {
  assert.deepEqual(cut("abc", 3), ["abc", ""])
  assert.deepEqual(pieces("  abc ", 3), ["abc"])
  assert.deepEqual(pieces(" \n ", 3), [])
})

test("a cut is after a paragraph, else a sentence, else a word, else a character", () => {
  assert.deepEqual(cut("One two.\nThree four. Five", 15), ["One two.\n", "Three four. Five"])
  assert.deepEqual(cut("One two. Three four. Five six", 22), ["One two. Three four. ", "Five six"])
  assert.deepEqual(cut("one two three four", 12), ["one two ", "three four"])
  assert.deepEqual(cut("a".repeat(6000), 4000), ["a".repeat(4000), "a".repeat(2000)])
  assert.deepEqual(cut(`abc${family}`, 6), ["abc", family])
  assert.deepEqual(cut("abc", 0), ["", "abc"])
  assert.deepEqual(cut("abc", -2), ["", "abc"])
})

test("nothing of a text is lost by cutting it, whatever its script", () => {
  for (const part of [word, "字", "ไทย", "علی\u200cرضا. ", `${family} `, "x", "Ein Satz. ", "Absatz\n"]) {
    const text = part.repeat(900).slice(0, 6000)
    const [head, rest] = cut(text, 400)
    const flat = (/** @type {string} */ words) => words.replace(/\s+/g, "")

    assert.equal(head + rest, text)
    assert.ok(head.length <= 400 && head.length > 200, `${part}: ${head.length}`)
    assert.equal(flat(pieces(text, 400).join("")), flat(text))
    for (const piece of pieces(text, 400)) assert.ok(piece.length <= 400 && storable(piece) === piece)
  }
})

test("marks without end on one letter are cut too, for want of better", () => {
  const text = `x${"\u0301".repeat(1000)}${"\u{1f600}".repeat(3)}`
  assert.equal(pieces(text, 300).join(""), text)
  assert.deepEqual(cut("\u{1f600}\u{1f600}", 3), ["\u{1f600}", "\u{1f600}"])
  assert.deepEqual(cut(`${family}b`, 4).join(""), `${family}b`)
})

test("what no text can hold is left out, and all else stays", () => {
  assert.equal(storable("a\u0002b\u0000\ud800c\r\nd\te\u{1f600}\u200c"), "abc\nd\te\u{1f600}\u200c")
})
