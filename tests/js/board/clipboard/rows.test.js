// Pasted rows as cards: cells, kinds and sections by their names, rows that are too long.
import assert from "node:assert/strict"
import { test } from "node:test"
import { cardsOf, rowsOf, split } from "app/board/clipboard/rows.js"
import { CARD_KINDS } from "app/board/schema.js"

const SECTIONS = [
  { id: "hall", title: "Where it begins" },
  { id: "two", title: "Où l’on va" },
]

/** @param {string} text */
function cards(text) {
  return cardsOf(rowsOf(text), { kinds: CARD_KINDS, sections: SECTIONS, kind: "note" })
}

test("each row that has words is a row, with its cells", () => {
  assert.deepEqual(rowsOf("One\r\n\r\n  Two \tRisk\n"), [["One"], ["Two", "Risk"]])
  assert.deepEqual(rowsOf(" \n\t\n"), [])
})

test("a cell that a spreadsheet has quoted may hold line ends; the quotes of a sentence stay", () => {
  assert.deepEqual(rowsOf('"Two\nlines"\tProblem\n"Said ""so"""\n"We are full"\n"Why" they ask'), [
    ["Two\nlines", "Problem"],
    ['Said "so"'],
    ['"We are full"'],
    ['"Why" they ask'],
  ])
})

test("the bullets of a list are no words", () => {
  assert.deepEqual(rowsOf("•\tFirst\n2.\tSecond\n-\n3. third"), [["First"], ["Second"], ["-"], ["3. third"]])
})

test("a further cell names a kind or a section, whatever its case and accents, or is more words", () => {
  assert.deepEqual(cards("A\tPROBLEM\nB\tou l’on va\nC\tWhere it begins\tquestion\nD\tnobody knows\nE"), [
    { kind: "problem", text: "A" },
    { kind: "note", text: "B", section: "two" },
    { kind: "question", text: "C", section: "hall" },
    { kind: "note", text: "D\nnobody knows" },
    { kind: "note", text: "E" },
  ])
})

test("a row that is longer than fits becomes several cards of its kind", () => {
  const [card] = cards(`${"word ".repeat(30)}\tAsk`)
  const parts = split([card], 60)

  assert.ok(parts.length > 2 && parts.every(({ kind, text }) => kind === "ask" && text.length <= 60))
  assert.equal(parts.map(({ text }) => text).join(" "), card.text)
})
