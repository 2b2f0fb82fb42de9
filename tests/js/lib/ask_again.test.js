import assert from "node:assert/strict"
import { test } from "node:test"
import { askAgain, wait } from "app/lib/ask_again.js"

const busy = (/** @type {number} */ after) => answer(503, { "retry-after": String(after) })
const answer = (/** @type {number} */ status, headers = {}) => new Response("", { status, headers })

/** @param {Response[]} answers The last is given again and again. */
async function ask(answers) {
  const paused = /** @type {number[]} */ ([])
  const told = /** @type {boolean[]} */ ([])
  let asked = 0
  const got = await askAgain(
    async () => answers[Math.min(asked++, answers.length - 1)],
    async (seconds) => void paused.push(seconds),
    (is) => void told.push(is),
  )
  return { status: got.status, asked, paused, told }
}

test("what is busy is asked for again when it says, and one hears that it waits and that it is over", async () => {
  const found = await ask([busy(3), busy(5), answer(200)])
  assert.deepEqual(found, { status: 200, asked: 3, paused: [3, 5], told: [true, true, false] })
})

test("any other answer is taken as it is, also a fault that says no time", async () => {
  for (const one of [answer(200), answer(422), answer(503), answer(404, { "retry-after": "3" })]) {
    assert.deepEqual(await ask([one]), { status: one.status, asked: 1, paused: [], told: [] })
  }
})

test("after five times the answer that says busy is shown", async () => {
  const found = await ask([busy(3)])
  assert.deepEqual([found.status, found.asked, found.told.at(-1)], [503, 5, false])
})

test("who asks for something else meanwhile waits no longer", async () => {
  const abort = new AbortController()
  const waiting = wait(60, abort.signal)
  abort.abort()
  await assert.rejects(waiting, { name: "AbortError" })
})
