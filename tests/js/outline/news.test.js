import assert from "node:assert/strict"
import { test } from "node:test"
import { compare, describe, mergeNews, summary } from "app/outline/news.js"

/**
 * @param {Record<string, Partial<import("app/outline/news.js").Seen>>} cards
 * @returns {import("app/outline/news.js").Reading}
 */
function reading(cards) {
  const blank = { part: "part-a", rev: 1, remarks: 0, words: "Note: x", before: "" }
  return new Map(Object.entries(cards).map(([id, card]) => [id, { ...blank, ...card }]))
}

/** @type {(entries: import("app/outline/news.js").Entry[]) => string[]} */
const happenings = (entries) => entries.map((entry) => `${entry.id} ${entry.happening}`)

test("nothing is news when nothing changed", () => {
  assert.deepEqual(compare(reading({ one: {} }), reading({ one: {} })), [])
})

test("each thing that can happen to a card has its word", () => {
  const before = reading({
    stays: {},
    moves: {},
    turns: { before: "stays" },
    changes: {},
    goes: {},
    heard: {},
  })
  const after = reading({
    stays: { rev: 2 }, // only its place on the canvas changed, which the outline does not show
    moves: { part: "part-b", rev: 2 },
    turns: { before: "changes", rev: 2 },
    changes: { words: "Ask: x", rev: 2 },
    heard: { remarks: 1, rev: 2 },
    comes: {},
  })

  assert.deepEqual(happenings(compare(before, after)), [
    "moves moved",
    "turns moved",
    "changes changed",
    "heard comment",
    "comes new",
    "goes gone",
  ])
})

test("a card whose neighbour left has not moved", () => {
  const before = reading({ one: {}, two: { before: "one" } })

  assert.deepEqual(happenings(compare(before, reading({ two: { before: "" } }))), ["one gone"])
})

test("a card that came and went again is no news", () => {
  const came = mergeNews([], compare(reading({}), reading({ one: {} })))

  assert.deepEqual(mergeNews(came, compare(reading({ one: {} }), reading({}))), [])
})

test("a card that was taken away and brought back is no news either", () => {
  const went = mergeNews([], compare(reading({ one: {} }), reading({})))

  assert.deepEqual(mergeNews(went, compare(reading({}), reading({ one: {} }))), [])
})

test("a new card that is changed before anyone looked is still one new card", () => {
  const came = compare(reading({}), reading({ one: {} }))
  const both = mergeNews(came, compare(reading({ one: {} }), reading({ one: { words: "Note: y" } })))

  assert.equal(summary(both), "1 new card")
  assert.equal(both[0]?.words, "Note: y")
})

test("the line counts each kind of happening", () => {
  const before = reading({ moves: {}, also: {}, goes: {} })
  const after = reading({ moves: { part: "part-b" }, also: { part: "part-b" }, a: {}, b: {}, c: {}, d: {} })

  assert.equal(summary(compare(before, after)), "4 new cards, 2 moved, 1 removed")
})

test("what is told of a long card ends at a word", () => {
  const words = `Note: ${"word ".repeat(60)}`

  const said = describe({ id: "card-1", happening: "new", words })

  assert.ok(said.length <= 90)
  assert.match(said, /word…$/)
})

test("a section whose cards are not on the page is news as a whole", () => {
  const closed = { part: "part-a", words: "Causes", unopened: "4 2", remarks: 2 }
  const before = reading({ "part-a": closed })
  const after = reading({ "part-a": { ...closed, unopened: "5 3", remarks: 3 } })

  const news = compare(before, after)

  assert.deepEqual(happenings(news), ["part-a section"])
  assert.equal(summary(news), "1 section changed")
  assert.equal(describe(news[0]), "Changes in: Causes")
  assert.deepEqual(compare(after, after), [])
})

test("opening a section makes no news of what was in it already", () => {
  const before = reading({ "part-a": { part: "part-a", words: "Causes", unopened: "4 2", remarks: 2 } })

  assert.deepEqual(compare(before, reading({ one: {}, two: {} })), [])
})

test("a card that may have moved to a section without its cards is not called removed", () => {
  const closed = { part: "part-b", words: "Causes", unopened: "4 2", remarks: 2 }
  const before = reading({ one: {}, "part-b": closed })

  const after = reading({ "part-b": { ...closed, unopened: "5 3", remarks: 3 } })
  assert.deepEqual(happenings(compare(before, after)), ["part-b section"])
  assert.deepEqual(happenings(compare(before, reading({ "part-b": closed }))), ["one gone"])
})
