import assert from "node:assert/strict"
import { test } from "node:test"
import { begin, rebased, sendDelay, sent, typed, unfinishedDelay } from "app/board/text/writing.js"

test("T2 words go out after 400 ms of rest", () => {
  const writing = typed(begin("", 1), 1000)

  assert.equal(sendDelay(writing, 1000, false), 400)
  assert.equal(sendDelay(typed(writing, 1300), 1300, false), 400)
  assert.equal(sendDelay(writing, 1400, false), 0)
})

test("T2 who types on without a pause is sent at least every two seconds", () => {
  let writing = begin("", 1)
  for (let now = 0; now <= 1900; now += 100) writing = typed(writing, now)

  assert.equal(sendDelay(writing, 1900, false), 100)
})

test("T2 while somebody else has it open, words go out every half second", () => {
  let writing = begin("", 1)
  for (let now = 0; now <= 400; now += 100) writing = typed(writing, now)

  assert.equal(sendDelay(writing, 400, true), 100)
})

test("T2 an unfinished word goes out after a rest, which is longer while somebody else has it open", () => {
  const writing = sent(typed(begin("a", 1), 1000), "a", 1300)

  assert.equal(unfinishedDelay(writing, 1300, false), 100)
  assert.equal(unfinishedDelay(writing, 1300, true), 1700)
  assert.equal(sendDelay(writing, 1300, true), 100)
})

test("nothing waits when nothing was typed since", () => {
  assert.equal(sendDelay(begin("a", 1), 5000, false), null)
  assert.equal(sendDelay(sent(typed(begin("a", 1), 0), "ab"), 5000, false), null)
})

test("T2 the base stays what was read, however often one's own words were sent", () => {
  const writing = sent(sent(begin("a", 7), "ab"), "abc")

  assert.equal(writing.base, 7)
})

test("T3 the base moves on only where all of others' words came in", () => {
  const writing = sent(begin("a", 7), "ab")

  assert.equal(rebased(writing, "ab c", 9).base, 9)
  assert.equal(rebased(writing, "ab c", null).base, 7)
})
