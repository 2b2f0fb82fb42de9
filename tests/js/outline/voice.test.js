import assert from "node:assert/strict"
import { afterEach, beforeEach, mock, test } from "node:test"
import { Voice } from "app/outline/voice.js"

/** @type {string[]} */
let said
/** @type {Voice} */
let voice

beforeEach(() => {
  mock.timers.enable({ apis: ["setTimeout", "Date"], now: 1_000_000 })
  said = []
  voice = new Voice({ polite: (text) => said.push(text), assertive: (text) => said.push(`! ${text}`) })
})

afterEach(() => mock.timers.reset())

/**
 * Time passes in small steps, so that a timer set by a timer comes in its turn.
 * @param {number} ms
 */
function pass(ms) {
  for (let at = 0; at < ms; at += 50) mock.timers.tick(50)
}

/** @param {number} number */
const news = (number) =>
  Array.from({ length: number }, (_, i) => ({
    id: `card-${i}`,
    happening: /** @type {const} */ ("new"),
    words: `Note: ${i}`,
  }))

test("my own act is said at once", () => {
  voice.own("Added to Causes, 2 of 5.")
  mock.timers.tick(100)

  assert.deepEqual(said, ["Added to Causes, 2 of 5."])
})

test("of two things I did in quick succession only the later is said", () => {
  voice.own("First")
  voice.own("Second")
  mock.timers.tick(1000)

  assert.deepEqual(said, ["Second"])
})

test("what others do is gathered into one line in ten seconds", () => {
  for (let second = 0; second < 60; second++) {
    voice.others(news(1))
    pass(1000)
  }

  const lines = said.filter(Boolean)
  assert.ok(lines.length <= 6, `${lines.length} lines in a minute`)
  assert.deepEqual(lines.slice(0, 3), ["1 new card", "10 new cards", "10 new cards"])
})

test("what others do waits until I have heard of my own act", () => {
  voice.own("Moved.")
  voice.others(news(2))
  pass(1000)
  assert.deepEqual(said, ["Moved."])

  pass(4000)

  assert.deepEqual(said, ["Moved.", "2 new cards"])
})

test("set to never, others are not heard at all", () => {
  voice.level = "off"
  voice.others(news(3))
  pass(30_000)

  assert.deepEqual(said, [])
})

test("set to each one, every card is named within the length that people can bear", () => {
  voice.level = "all"
  voice.others(news(40))
  pass(1000)

  assert.match(said[0] ?? "", /^New: Note: 0\. New: Note: 1/)
  assert.ok((said[0] ?? "").length <= 120)
})

test("an alarm does not wait", () => {
  voice.alarm("Not saved.")

  assert.deepEqual(said, ["! Not saved."])
})

test("my own second deed is heard though its words are those of the first", () => {
  voice.own("Saved.")
  pass(200)
  voice.own("Saved.")
  pass(200)

  assert.deepEqual(said, ["Saved.", "", "Saved."])
})
