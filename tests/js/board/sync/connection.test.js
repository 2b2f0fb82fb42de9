import assert from "node:assert/strict"
import { test } from "node:test"
import { backOff, Connection } from "app/board/sync/connection.js"
import { Clock, FakeWire } from "../fakes.js"

/** @param {{ visible?: boolean }} [more] */
function made({ visible = true } = {}) {
  const clock = new Clock()
  /** @type {FakeWire[]} */
  const wires = []
  /** @type {any[]} */
  const heard = []
  /** @type {any[]} */
  const states = []
  const connection = new Connection({
    open: () => wires[wires.push(new FakeWire()) - 1],
    hello: () => ({ type: "hello" }),
    onMessage: (message) => heard.push(message),
    state: (state, why) => states.push(why ? `${state} ${why}` : state),
    visible: () => visible,
    random: () => 1,
    clock,
  })
  return { clock, wires, heard, states, connection }
}

test("it says hello first and is live with the welcome", () => {
  const { wires, states, connection } = made()
  connection.start()
  wires[0].open()
  wires[0].tell({ type: "welcome" })

  assert.deepEqual(wires[0].said, [{ type: "hello" }])
  assert.deepEqual(states, ["connecting", "live"])
})

test("C10 the wait doubles from half a second to ten, and to five minutes where nobody looks", () => {
  const waits = [0, 1, 2, 5, 9].map((failures) => backOff(failures, true, 1))

  assert.deepEqual(waits, [500, 1000, 2000, 10_000, 10_000])
  assert.equal(backOff(20, false, 1), 300_000)
  assert.equal(backOff(3, true, 0), 0)
})

test("C10 connecting for more than five seconds is abandoned", () => {
  const { clock, wires, connection } = made()
  connection.start()
  clock.pass(5000)

  assert.equal(wires[0].readyState, 3)
  clock.pass(500)
  assert.equal(wires.length, 2)
})

test("C10 what a superseded socket says or does changes nothing", () => {
  const { wires, heard, states, connection } = made()
  connection.start()
  wires[0].open()
  connection.reconnect()
  wires[1].open()
  wires[1].tell({ type: "welcome" })
  wires[0].tell({ type: "changes" })
  wires[0].drop()

  assert.deepEqual(
    heard.map((message) => message.type),
    ["welcome"],
  )
  assert.equal(states.at(-1), "live")
})

test("C10 it tries at once when the network is back", () => {
  const { wires, connection } = made()
  connection.start()
  wires[0].drop()
  connection.wake()

  assert.equal(wires.length, 2)
})

/** A connection with its first socket open. @param {any} [more] */
function live(more) {
  const all = made(more)
  all.connection.start()
  all.wires[0].open()
  all.wires[0].tell({ type: "welcome" })
  return all
}

/** @param {FakeWire} wire */
const pings = (wire) => wire.said.filter((message) => message.type === "ping").length

test("C10 two pings without an answer mean that the line is dead, and another is opened at once", () => {
  const { clock, wires, states } = live()
  clock.pass(12_000)
  const doubted = states.at(-1)
  clock.pass(2000)

  assert.equal(pings(wires[0]), 2)
  assert.equal(doubted, "checking")
  assert.deepEqual([wires.length, states.at(-1)], [2, "connecting"])
})

test("C5 who wakes on a dead line is not told that it is live, and gets another after two seconds", () => {
  const { clock, wires, states, connection } = live()
  connection.wake()
  const doubted = states.at(-1)
  clock.pass(1999)
  const before = wires.length
  clock.pass(1)

  assert.deepEqual([doubted, before, wires.length], ["checking", 1, 2])
})

test("several events of one awakening ask once, and the pong ends the doubt", () => {
  const { clock, wires, states, connection } = live()
  for (let event = 0; event < 3; event++) connection.wake()
  const asked = pings(wires[0])
  wires[0].tell({ type: "pong", to: 1 })
  clock.pass(5000)

  assert.deepEqual([asked, wires.length, states.at(-1)], [1, 1, "live"])
})

test("what is sent while the line is being checked goes out", () => {
  const { wires, connection } = live()
  connection.wake()
  const sent = connection.send({ type: "op", n: 1 })

  assert.equal(sent, true)
  assert.equal(wires[0].said.at(-1).n, 1)
})

test("a slow line is opened anew once, and then given twice the time that its opening took", () => {
  const { clock, wires, states, connection } = live()
  connection.wake()
  clock.pass(2000)
  clock.pass(3000)
  wires[1].open()
  wires[1].tell({ type: "welcome" })
  connection.wake()
  clock.pass(5900)
  wires[1].tell({ type: "pong", to: 1 })

  assert.deepEqual([wires.length, states.at(-1)], [2, "live"])
  connection.wake()
  clock.pass(6000)
  assert.equal(wires.length, 3)
})

test("a code without a goodbye may be a proxy's, and ends nothing", () => {
  const { clock, wires } = live()
  wires[0].drop(4404)
  clock.pass(500)

  assert.equal(wires.length, 2)
})

for (const [code, why] of /** @type {[number, string][]} */ ([
  [4401, "signed-out"],
  [4403, "not-a-member"],
  [4404, "gone"],
  [4410, "reload"],
])) {
  test(`a goodbye with ${code} ends it: ${why}`, () => {
    const { clock, wires, states, connection } = made()
    connection.start()
    wires[0].open()
    wires[0].tell({ type: "bye", code, say: "Why." })
    wires[0].drop(code)
    clock.pass(600_000)

    assert.equal(wires.length, 1)
    assert.equal(states.at(-1), `stopped ${why}`)
  })
}

test("a restarting server is left the time it asked for", () => {
  const { clock, wires, connection } = made()
  connection.start()
  wires[0].open()
  wires[0].tell({ type: "welcome" })
  wires[0].tell({ type: "bye", code: 4503, say: "Back in a moment.", retry_after: 20 })
  wires[0].drop(4503)
  clock.pass(19_000)

  assert.equal(wires.length, 1)
  clock.pass(1000)
  assert.equal(wires.length, 2)
})

test("what cannot be read is left alone", () => {
  const { wires, heard, connection } = made()
  connection.start()
  wires[0].open()
  wires[0].onmessage({ data: "{" })
  wires[0].onmessage({ data: "[]" })

  assert.deepEqual(heard, [])
})
