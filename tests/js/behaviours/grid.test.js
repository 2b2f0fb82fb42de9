import assert from "node:assert/strict"
import { test } from "node:test"
import { hasPeriods, parseRows } from "app/behaviours/grid.js"

test("rows and columns of a spreadsheet come as cells, whatever ends its lines", () => {
  assert.deepEqual(parseRows("112\t140\r\n118\t 139 \r\n"), [
    ["112", "140"],
    ["118", "139"],
  ])
  assert.deepEqual(parseRows("1\r2"), [["1"], ["2"]])
})

test("a single word is one cell, and empty cells stay where they are", () => {
  assert.deepEqual(parseRows("112"), [["112"]])
  assert.deepEqual(parseRows("\t140\n\n5\t"), [["", "140"], [""], ["5", ""]])
})

test("rows that begin with their months find their own places, rows of numbers and marks do not", () => {
  const begin = (/** @type {string[]} */ ...words) => hasPeriods(words.map((word) => [word, "5"]))
  assert.ok(begin("Month", "Jan-24", "Feb-24"))
  assert.ok(begin("2024-01-01", "01/02/2024"))
  assert.ok(!begin("112", "1,204", "n/a", "", "x", "*"))
  assert.ok(!begin("12.5", "-3", "7%"))
  assert.ok(!hasPeriods([["Jan-24"], ["Feb-24"]]))
})
