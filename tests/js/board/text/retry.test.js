// Words under "Not saved" that are tried again.
import assert from "node:assert/strict"
import { test } from "node:test"
import { Outbox } from "app/board/sync/outbox.js"
import { Unsaved } from "app/board/sync/unsaved.js"
import { retry } from "app/board/text/retry.js"

const edit = { do: "edit_card", id: "a", text: "One two" }
const from = { base: 7, read: { text: "One" } }
const place = () => ({ x: 1, y: 2 })
const all = () => true

test("T2 an edit that is tried again names what it was a change of, so that it never writes over others' words", () => {
  const request = retry({ op: edit, words: "One two", from }, all, place)

  assert.deepEqual(request, { op: edit, ...from })
})

test("words for what is gone become a card, and a card of a section that is gone lies outside the sections", () => {
  const none = () => undefined
  const lost = retry({ op: edit, words: "One two", from }, none, place)
  const add = { do: "add_card", id: "n", kind: "ask", text: "Who?", section: "s", x: 9, y: 9 }
  const homeless = retry({ op: add, words: "Who?" }, none, place)

  assert.deepEqual(
    { ...lost.op, id: "" },
    { do: "add_card", id: "", kind: "note", text: "One two", x: 1, y: 2 },
  )
  assert.deepEqual({ ...homeless.op, id: "" }, { ...add, id: "", section: null, x: 1, y: 2 })
  assert.equal(lost.base, undefined)
})

test("T2 a refusal hands on the base and the read text of its op", () => {
  const outbox = new Outbox("tab", null, () => true)
  /** @type {any[]} */
  const refused = []
  outbox.on("refused", (news) => refused.push(news))
  outbox.live = true
  outbox.add([{ op: /** @type {any} */ (edit), ...from }], "Edited")
  outbox.settle([/** @type {any} */ ({ n: 1, code: "locked", say: "Archived." })])

  assert.deepEqual(refused[0].from, from)
})

test("longer words for the same place are a change of what the shorter were one of, since those were not saved", () => {
  const unsaved = new Unsaved(() => null)
  const draft = (/** @type {string} */ id, /** @type {string} */ words, /** @type {any} */ of) => ({
    id,
    words,
    say: "",
    op: { ...edit, text: words },
    from: of,
    at: 1,
  })
  unsaved.keep(draft("1", "One two", from))
  unsaved.keep(draft("2", "One two three", { base: 8, read: { text: "One two" } }))

  assert.deepEqual(
    unsaved.list.map(({ words, from: of }) => [words, of]),
    [["One two three", from]],
  )
})
