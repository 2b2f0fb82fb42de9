import assert from "node:assert/strict"
import { test } from "node:test"
import { Finder } from "app/board/find/results.js"
import { ItemIndex } from "app/board/item_index.js"
import { query } from "app/lib/folding.js"

/** @type {Record<string, { name: string, organisation: string }>} */
const PEOPLE = {
  ana: { name: "Ana Okafor", organisation: "Northfield Trust" },
  cleo: { name: "Cleo Marsh", organisation: "Vale Hospice" },
}

/** @param {string} id @param {string} item @param {Record<string, any>} fields */
function made(id, item, fields) {
  return /** @type {any} */ ({ id, item, seq: 1, fields: { order: id, section: null, ...fields } })
}

const ITEMS = [
  made("s1", "section", { title: "What must be true" }),
  made("c1", "card", { kind: "note", text: "Beds are free", section: "s1", by: "ana" }),
  made("c2", "card", { kind: "problem", text: "Beds are made", by: "cleo" }),
  made("l1", "link", { start: "c1", end: "c2", by: "ana" }),
  made("r1", "comment", { card: "c1", text: "Beds?", by: "ana" }),
]

/** @param {Map<string, any>} view */
function finder(view = new Map(ITEMS.map((item) => [item.id, item]))) {
  const people = {
    name: (/** @type {any} */ id) => PEOPLE[id].name,
    organisation: (/** @type {any} */ id) => PEOPLE[id].organisation,
  }
  const context = { items: new ItemIndex(view), people, kindWord: (/** @type {string} */ tag) => tag }
  return new Finder(/** @type {any} */ (context))
}

/** @param {string} words @param {Map<string, any>} [view] */
function found(words, view) {
  return finder(view)
    .find(query(words))
    .map((group) => [group.title, ...group.cards.map((card) => card.id)])
}

test("cards are found section by section, in the order of the outline", () => {
  assert.deepEqual(found("beds"), [
    ["What must be true", "c1"],
    ["Outside the sections", "c2"],
  ])
})

test("a card is found by its kind, author, organisation and section as by its words", () => {
  assert.deepEqual(found("problem"), [["Outside the sections", "c2"]])
  assert.deepEqual(found("cleo beds"), [["Outside the sections", "c2"]])
  assert.deepEqual(found("northf"), [["What must be true", "c1"]])
  assert.deepEqual(found("must beds"), [["What must be true", "c1"]])
  assert.deepEqual(found("must hospice"), [])
})

test("nothing is found where nothing is looked for", () => {
  assert.deepEqual(found(" ?! "), [])
})

test("words are folded ahead card by card, only while there is time, and each once", () => {
  const made = finder()
  const asked = [true, false, true]

  assert.equal(
    made.prepare(() => Boolean(asked.shift())),
    false,
  )
  assert.deepEqual(asked, [true])
  assert.equal(
    made.prepare(() => Boolean(asked.shift())),
    true,
  )
  assert.deepEqual(asked, [])
})
