import assert from "node:assert/strict"
import { test } from "node:test"
import { ItemIndex } from "app/board/item_index.js"

test("the stage, its phases and its themes are never drawn as boxes", () => {
  const items = ["stage", "phase", "theme"].map((item) => ({
    id: item,
    item,
    seq: 1,
    fields: { order: "a0" },
  }))
  const odd = { id: "odd", item: "balloon", seq: 1, fields: { x: 1, y: 2 } }
  const index = new ItemIndex(new Map([...items, odd].map((item) => [item.id, /** @type {any} */ (item)])))

  assert.deepEqual(index.unknown(), [odd])
  assert.deepEqual(index.inOrder(), [])
})
