import assert from "node:assert/strict"
import { test } from "node:test"
import { withoutUnfinished } from "app/board/text/unfinished.js"

/** `|` is the caret. @param {string} read @param {string} text */
function sendable(read, text) {
  return withoutUnfinished(read, text.replace("|", ""), text.indexOf("|"))
}

test("T2 a word in the making that touches the next one is left out", () => {
  assert.equal(sendable("What we know", "a1|What we know"), "What we know")
  assert.equal(sendable("What we know", "a1 a2|What we know"), "a1 What we know")
  assert.equal(sendable("a1 What we know", "a1 a2|What we know"), "a1 What we know")
  assert.equal(sendable("One\nTwo", "One\nnew|Two"), "One\nTwo")
})

test("T2 of a word that is changed no part is taken away", () => {
  assert.equal(sendable("What we know", "Whx|at we know"), "What we know")
  assert.equal(sendable("aa", "aaa|a"), "aa")
  assert.equal(sendable("one two", "one t|wo"), "one two")
})

test("T2 a word with a space after it, one at the end, and one of a script without spaces go out at once", () => {
  for (const text of ["a1 |What we know", "What we know, a1|", "What we kn|"])
    assert.equal(sendable("What we know", text), text.replace("|", ""))
  assert.equal(sendable("会议", "开|会议"), "开会议")
})

test("T2 what was changed elsewhere goes out meanwhile", () => {
  assert.equal(sendable("What we know", "a1|What we knew\nNow"), "What we knew\nNow")
  assert.equal(sendable("What we know", "We know a1|What we know"), "We know What we know")
  assert.equal(sendable("One two\nend", "One \na1|two\nend"), "One \ntwo\nend")
})

test("T2 where something is selected, or both halves are new, the text goes out whole", () => {
  assert.equal(withoutUnfinished("What", "a1What", null), "a1What")
  assert.equal(sendable("What", "What a1|a2"), "What a1a2")
})
