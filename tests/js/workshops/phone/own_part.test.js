import assert from "node:assert/strict"
import { test } from "node:test"
import { setImmediate as turn } from "node:timers/promises"
import { OwnPart } from "app/workshops/phone/own_part.js"

const LONG = 60_000 // ms

/** One's own part before a server that gives these answers in turn. @param {any} t @param {...(number | Error)} answers */
function before(t, ...answers) {
  t.mock.timers.enable({ apis: ["setTimeout"] })
  t.mock.method(globalThis, "fetch", async () => {
    const answer = answers.shift()
    if (answer instanceof Error) throw answer
    assert.ok(answer, "nobody should ask any more")
    return new Response(`given with ${answer}`, {
      status: answer,
      headers: { "x-answered-by": "throughline" },
    })
  })
  /** @type {string[]} */
  const taken = []
  const lastTaken = { at: 0 }
  const part = new OwnPart("b", (html) => taken.push(html), lastTaken)
  const pass = async () => {
    t.mock.timers.tick(LONG)
    await turn()
    await turn()
  }
  return { answers, lastTaken, part, pass, taken }
}

test("It is asked for again where the server is busy or away, and no more once it is there", async (/** @type {any} */ t) => {
  const { answers, part, pass, taken } = before(t, 503, 429, new TypeError("away"), 200)
  part.askSoon()
  for (let times = 0; times < 6; times++) await pass()

  assert.deepEqual(taken, ["given with 200"])
  assert.equal(answers.length, 0)
})

test("Where it is refused for good nobody asks again", async (/** @type {any} */ t) => {
  const { answers, part, pass, taken } = before(t, 403, 200)
  part.askSoon()
  for (let times = 0; times < 3; times++) await pass()

  assert.deepEqual(taken, [])
  assert.equal(answers.length, 1)
})

test("A page that is left asks no more", async (/** @type {any} */ t) => {
  const { answers, part, pass } = before(t, 503, 200)
  part.askSoon()
  await pass()
  part.stop()
  await pass()

  assert.equal(answers.length, 1)
})

test("What came before something was taken meanwhile is asked for anew", async (/** @type {any} */ t) => {
  const { answers, lastTaken, part, taken } = before(t, 200, 200)
  const asking = part.ask()
  lastTaken.at = 1

  assert.ok(await asking)
  assert.deepEqual([taken.length, answers.length], [1, 0])
})
