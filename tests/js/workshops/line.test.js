import assert from "node:assert/strict"
import { test } from "node:test"
import { ScreenLine } from "app/workshops/line.js"
import { nextSocket } from "../board/fakes.js"

const WAITS = ["waiting", "The server waits for its database."]

/** A screen that follows a workshop, with the other end of its socket. */
function following() {
  const wire = nextSocket()
  /** @type {string[][]} */
  const states = []
  const unheard = () => {}
  const line = new ScreenLine("/present/live", "stage:projector", {
    frame: unheard,
    progress: unheard,
    state: (state, say) => states.push([state, say]),
  })
  line.connection.start()
  wire.open()
  return { wire, states, line }
}

test("C5 console and projector say that the server waits for its database, until it does no more", () => {
  const { wire, states, line } = following()
  wire.tell({ type: "welcome" })
  wire.tell({ type: "waiting", waiting: true })
  line.connection.wake()
  wire.tell({ type: "pong" })
  const then = states.at(-1)
  wire.tell({ type: "waiting", waiting: false })

  assert.deepEqual(then, WAITS)
  assert.deepEqual(states.at(-1), ["saved", ""])
  line.stop()
})

test("C5 so does a screen that comes while it waits", () => {
  const { wire, states, line } = following()
  wire.tell({ type: "welcome", waiting: true })

  assert.deepEqual(states.at(-1), WAITS)
  line.stop()
})
