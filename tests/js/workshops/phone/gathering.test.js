import assert from "node:assert/strict"
import { test } from "node:test"
import { opOf } from "app/workshops/phone/gathering.js"

/** @param {Record<string, string | string[]>} fields */
function form(fields) {
  const data = new FormData()
  for (const [name, values] of Object.entries(fields))
    for (const one of [values].flat()) data.append(name, one)
  return data
}

test("each button of the one form uses the fields that it needs", () => {
  const data = form({ cards: ["a", "b"], id: "t", title: " Getting home " })
  assert.deepEqual(opOf(data, "do", "gather"), { do: "gather", id: "t", cards: ["a", "b"] })
  assert.deepEqual(opOf(data, "split", "other"), { do: "split", id: "other", cards: ["a", "b"] })
  const made = /** @type {any} */ (opOf(data, "do", "add_theme"))
  assert.deepEqual([made.title, made.cards], ["Getting home", ["a", "b"]])
  assert.notEqual(made.id, "t")
})

test("what a button lacks is not sent", () => {
  assert.equal(opOf(form({ id: "t" }), "do", "gather"), null)
  assert.equal(opOf(form({ id: "t" }), "split", "t"), null)
  assert.equal(opOf(form({ cards: "a", title: "  " }), "do", "add_theme"), null)
  assert.equal(opOf(form({ id: "t", title: "" }), "do", "edit_theme"), null)
})

test("a theme is renamed, takes another in, and is removed", () => {
  assert.deepEqual(opOf(form({ id: "t", title: "New" }), "do", "edit_theme"), {
    do: "edit_theme",
    id: "t",
    title: "New",
  })
  assert.deepEqual(opOf(form({ id: "t", other: "o" }), "do", "merge_themes"), {
    do: "merge_themes",
    id: "t",
    other: "o",
  })
  assert.deepEqual(opOf(form({ id: "t" }), "do", "remove_theme"), { do: "remove_theme", id: "t" })
})
