import assert from "node:assert/strict"
import { test } from "node:test"
import { BoardRefusal, NoAnswer } from "app/board/sync/http/transport.js"
import { Outbox } from "app/workshops/phone/outbox.js"

/** A phone's storage: its values are its properties, as a browser lists them. @returns {any} */
function storage() {
  const methods = {
    getItem: (/** @type {string} */ name) => box[name] ?? null,
    setItem: (/** @type {string} */ name, /** @type {string} */ value) => {
      box[name] = value
    },
    removeItem: (/** @type {string} */ name) => Reflect.deleteProperty(box, name),
  }
  /** @type {any} */
  const box = Object.create(methods)
  return box
}

/** A server that gives these answers in turn, then the last for ever. @param {...any} answers */
function server(...answers) {
  /** @type {any[]} */
  const asked = []
  const next = async (/** @type {any} */ what) => {
    asked.push(what)
    const answer = answers.length > 1 ? answers.shift() : answers[0]
    if (answer instanceof Error) throw answer
    return answer
  }
  const ops = (/** @type {string} */ client, /** @type {any[]} */ entries) =>
    next({ client, ...entries[0] }).then((ack) => ({ acks: [{ n: 1, ...ack }] }))
  return { asked, ops, cast: next }
}

/** @param {any} transport @param {any} [kept] */
function outbox(transport, kept = storage()) {
  /** @type {string[]} */
  const said = []
  const all = new Outbox("me:", kept, transport, {
    changed: () => {},
    done: (entry, ack) => said.push(`done ${entry.op?.text ?? entry.cast?.choice} ${ack.seq ?? ""}`.trim()),
    refused: (_entry, say) => said.push(say),
    ended: (say) => said.push(say),
  })
  return { all, said, kept }
}

const note = (text = "Words") => ({ op: { do: "add_card", id: text, text }, phase: "p1", prompt: "Why?" })
const cast = (/** @type {string | null} */ choice) => ({
  cast: { phase: "p1", slot: 1, choice },
  phase: "p1",
  prompt: "",
})
const settle = () => new Promise((done) => setTimeout(done, 0))

test("a note is sent once, and leaves the phone once the server has answered", async () => {
  const { all, said, kept } = outbox(server({ seq: 7 }))
  all.add(note())
  assert.equal(Object.keys(kept).length, 1)
  await settle()

  assert.deepEqual(said, ["done Words 7"])
  assert.deepEqual(Object.keys(kept), [])
  assert.equal(all.waiting.length, 0)
})

test("C4 without an answer it stays on the phone, and a later page sends it under the same name", async () => {
  const first = outbox(server(new NoAnswer()))
  first.all.add(note())
  await settle()
  first.all.stop()
  assert.equal(first.all.lost, true)
  const there = server({ seq: 8 })
  const later = outbox(there, first.kept)
  await later.all.send()

  assert.equal(there.asked[0].client, first.all.entries[0].client)
  assert.deepEqual(later.said, ["done Words 8"])
})

test("what is refused keeps its words with the reason, and holds up nothing behind it", async () => {
  const { all, said } = outbox(server({ code: "too_long", say: "Too long." }, { seq: 9 }))
  all.add(note("Long words"))
  all.add(note("Short"))
  await settle()
  await settle()

  assert.deepEqual(said, ["Too long.", "done Short 9"])
  assert.deepEqual(
    all.entries.map(({ op, say }) => [op.text, say]),
    [["Long words", "Too long."]],
  )
  all.retry(all.entries[0])
  await settle()
  assert.deepEqual(all.entries, [])
})

test("C3 what can never be sent is given up after three answers that are none", async () => {
  const { all, said } = outbox(server(new NoAnswer(true)))
  all.add(note())
  for (let tries = 0; tries < 3; tries++) {
    await all.send()
    await settle()
  }
  all.stop()

  assert.deepEqual(said, ["This could not be sent. Try again, or copy the words."])
  assert.equal(all.entries.length, 1)
})

test("of a dot only its latest place is sent, and one that does not count is let go", async () => {
  const answers = server(new NoAnswer())
  const { all, said } = outbox(answers)
  all.add(cast("a"))
  await settle()
  all.add(cast("b"))
  await settle()
  all.stop()
  assert.deepEqual(
    all.entries.map((entry) => entry.cast?.choice),
    ["b"],
  )
  all.transport = server({ code: "locked", say: "Voting is closed." })
  await all.send()

  assert.deepEqual(said, ["Voting is closed."])
  assert.deepEqual(all.entries, [])
})

test("where the board ends for this person everything stays", async () => {
  const { all, said } = outbox(server(new BoardRefusal("signed-out", "Sign in to continue.")))
  all.add(note())
  await settle()

  assert.deepEqual(said, ["Sign in to continue."])
  assert.equal(all.waiting.length, 1)
})

test("it is told where the phone has no room", async () => {
  const full = {
    ...storage(),
    setItem: () => {
      throw new DOMException("full", "QuotaExceededError")
    },
    getItem: () => null,
    removeItem: () => {},
  }
  const { all } = outbox(server(new NoAnswer()), full)
  all.add(note())
  await settle()
  all.stop()

  assert.equal(all.unkept, true)
})

test("what a server without its database cannot take is kept and tried for as long as that lasts", async () => {
  const away = () => new NoAnswer(true, "The server cannot store anything just now.")
  const { all, said, kept } = outbox(server(away(), away(), away(), away(), away(), {}))
  all.add(cast("a"))
  for (let i = 0; i < 4; i++) {
    await settle()
    await all.send()
  }
  assert.equal(all.away, "The server cannot store anything just now.")
  assert.deepEqual([said, all.waiting.length, Object.keys(kept).length], [[], 1, 1])
  await all.send()
  assert.deepEqual([said, all.away, all.waiting.length], [["done a"], "", 0])
  all.stop()
})

test("a dot that a room could not take just now is tried again before it is let go", async () => {
  const { all, said } = outbox(server({ code: "unavailable", say: "Not now." }, {}))
  all.add(cast("a"))
  await settle()
  await all.send()
  assert.deepEqual(said, ["done a"])
  all.stop()
})
