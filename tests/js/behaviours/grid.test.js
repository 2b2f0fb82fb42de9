import assert from "node:assert/strict"
import { test } from "node:test"
import { pasted } from "app/behaviours/grid.js"

test("rows and columns of a spreadsheet come as cells, whatever ends its lines", () => {
  assert.deepEqual(pasted("112\t140\r\n118\t 139 \r\n"), [
    ["112", "140"],
    ["118", "139"],
  ])
  assert.deepEqual(pasted("1\r2"), [["1"], ["2"]])
})

test("a single word is one cell, and empty cells stay where they are", () => {
  assert.deepEqual(pasted("112"), [["112"]])
  assert.deepEqual(pasted("\t140\n\n5\t"), [["", "140"], [""], ["5", ""]])
})
