import assert from "node:assert/strict"
import { test } from "node:test"
import { Follow } from "app/outline/follow.js"
import { nextSocket } from "../board/fakes.js"

/** A page that follows a board, with the other end of its socket. */
function following() {
  const wire = nextSocket()
  /** @type {string[]} */
  const states = []
  const unheard = () => {}
  const follow = new Follow("b", 0, {
    parts: unheard,
    news: unheard,
    overwritten: unheard,
    state: (state) => states.push(state),
  })
  follow.connection.start()
  wire.open()
  return { wire, states, follow }
}

test("S8 whoever comes while the server waits for its database is not told that all is saved", () => {
  const { wire, states, follow } = following()
  wire.tell({ type: "welcome", to: 0, waiting: true })

  assert.equal(states.at(-1), "waiting")
  follow.stop()
})

test("S8 a line that was looked at and holds does not make the database answer", () => {
  const { wire, states, follow } = following()
  wire.tell({ type: "welcome", to: 0 })
  wire.tell({ type: "waiting", waiting: true })
  follow.connection.wake()
  wire.tell({ type: "pong", to: 0 })

  assert.deepEqual(states.slice(-3), ["waiting", "checking", "waiting"])
  assert.equal(follow.reachedState, "waiting")
  wire.tell({ type: "waiting", waiting: false })

  assert.equal(states.at(-1), "saved")
  follow.stop()
})
