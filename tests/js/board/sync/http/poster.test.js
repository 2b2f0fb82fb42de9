import assert from "node:assert/strict"
import { test } from "node:test"
import { Poster } from "app/board/sync/http/poster.js"
import { BoardRefusal, NoAnswer } from "app/board/sync/http/transport.js"

/** @param {number} count */
const entries = (count) =>
  Array.from({ length: count }, (_, at) => ({
    key: at + 1,
    n: at + 1,
    op: { do: "edit_card", id: `c${at + 1}`, text: `Words ${at + 1}` },
  }))

/** @param {(batch: any[]) => boolean} refuses what something on the way does not let through @param {any} [failure] */
function made(refuses, failure = () => new NoAnswer(true)) {
  /** @type {number[][]} */
  const sent = []
  const http = {
    /** @param {string} _client @param {any[]} batch */
    ops: async (_client, batch) => {
      sent.push(batch.map(({ n }) => n))
      if (refuses(batch)) throw failure()
      const acks = batch.map(({ n, op }) =>
        op ? { n, seq: 100 + n } : { n, code: "invalid", say: "That message contains no request." },
      )
      return { type: "changes", acks }
    },
  }
  return { sent, poster: new Poster(/** @type {any} */ (http)) }
}

/** @param {number} n */
const has = (n) => (/** @type {any[]} */ batch) => batch.some((entry) => entry.n === n && entry.op)

test("what passes goes in one request", async () => {
  const { sent, poster } = made(() => false)
  const { acks, stuck } = await poster.post("c", entries(20))

  assert.deepEqual([sent.length, acks.length, stuck], [1, 20, undefined])
})

test("the one op that does not pass is found by halving, and all before it are sent", async () => {
  const { sent, poster } = made(has(12))
  const { acks, stuck } = await poster.post("c", entries(40))

  assert.equal(stuck?.n, 12)
  assert.deepEqual(
    acks.map(({ n }) => n),
    [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11],
  )
  assert.ok(sent.length < 16, `${sent.length} requests`)
})

test("where bodies may not be large, smaller ones are sent", async () => {
  const { poster } = made((batch) => batch.length > 3)
  const { acks, stuck } = await poster.post("c", entries(40))

  assert.deepEqual([acks.length, stuck], [40, undefined])
})

test("without a network nothing is tried again and again", async () => {
  const { sent, poster } = made(
    () => true,
    () => new NoAnswer(),
  )
  const { acks, stuck } = await poster.post("c", entries(40))

  assert.deepEqual([sent.length, acks, stuck], [1, [], undefined])
})

test("C3 the third time its number is used up by an empty op, and it is refused with a sentence", async () => {
  const { sent, poster } = made(has(1))
  const [stuck] = entries(1)
  const answers = []
  for (let time = 0; time < 3; time++) answers.push(await poster.giveUp("c", stuck))

  assert.deepEqual(answers.slice(0, 2), [[], []])
  assert.equal(answers[2]?.[0].n, 1)
  assert.match(answers[2]?.[0].say ?? "", /network does not let this change through/)
  assert.deepEqual(sent, [[1]])
})

test("C1 an op that had arrived all the same is answered as what it was, not as refused", async () => {
  const { poster } = made(() => false)
  poster.http.ops = async () =>
    /** @type {any} */ ({ type: "changes", acks: [{ n: 1, seq: 77, undo: true }] })
  const [stuck] = entries(1)
  let answer
  for (let time = 0; time < 3; time++) answer = await poster.giveUp("c", stuck)

  assert.deepEqual(answer, [{ n: 1, seq: 77, undo: true }])
})

test("where not even an empty op passes, nothing is given up", async () => {
  const { poster } = made(() => true)
  const [stuck] = entries(1)
  let answer
  for (let time = 0; time < 5; time++) answer = await poster.giveUp("c", stuck)

  assert.equal(answer, null)
})

test("our own server's refusal is not taken for a proxy's", async () => {
  const { poster } = made(
    () => true,
    () => new BoardRefusal("signed-out", "Sign in."),
  )

  await assert.rejects(poster.post("c", entries(2)), BoardRefusal)
})

test("C2 where the server lacks a number its welcome is given on, and nothing more is sent", async () => {
  const { sent, poster } = made(() => false)
  const ops = poster.http.ops.bind(poster.http)
  const welcome = /** @type {any} */ ({ type: "welcome", last_n: 64 })
  poster.http.ops = async (client, batch) => (batch[0].n === 65 ? welcome : ops(client, batch))
  const posted = await poster.post("c", entries(200))

  assert.deepEqual([posted.acks.length, posted.welcome, posted.stuck], [64, welcome, undefined])
  assert.equal(sent.length, 1)
})

test("once the op in the way is found, those behind it go in ever larger requests again", async () => {
  const { sent, poster } = made(has(12))
  await poster.post("c", entries(40))
  sent.length = 0
  await poster.post("c", entries(112).slice(12))

  assert.deepEqual(
    sent.map((batch) => batch.length),
    [1, 2, 4, 8, 16, 32, 37],
  )
})
