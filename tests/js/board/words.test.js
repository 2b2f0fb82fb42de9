import assert from "node:assert/strict"
import { test } from "node:test"
import { newsOf, summary } from "app/board/shell/activity.js"
import { KEYS, keyFor } from "app/board/shell/keymap.js"
import { stateOf } from "app/board/shell/status.js"
import { read, write } from "app/board/sync/protocol.js"
import { Gestures } from "app/board/sync/undo.js"
import { withArticle } from "app/lib/words.js"

const still = { ctrlKey: false, metaKey: false, shiftKey: false, altKey: false }
/** @param {number} seq @param {any} fields @returns {any} */
const card = (seq, fields = {}) => ({ id: "a", item: "card", seq, fields: { text: "One", x: 0, ...fields } })

test("C5 saved is said only when nothing waits and the line is up", () => {
  const all = { live: true, sure: true, storing: true, queued: 0, kept: 0, begun: true }

  assert.equal(stateOf(all).words, "Saved")
  assert.equal(stateOf({ ...all, queued: 3 }).words, "Sending 3")
  assert.equal(stateOf({ ...all, live: false, queued: 2, kept: 2 }).words, "Offline, 2 stored on this device")
})

test("C4 stored on this device is said only of what lies there", () => {
  const now = { live: false, sure: false, storing: true, queued: 2, kept: 1, begun: true }

  assert.equal(stateOf(now).words, "Offline, 2 not saved yet")
})

test("C5 saved is not said on a line that may be dead", () => {
  const now = { live: true, sure: false, storing: true, queued: 0, kept: 0, begun: true }

  assert.deepEqual(stateOf(now), { state: "checking", words: "Checking" })
  assert.equal(stateOf({ ...now, queued: 1, kept: 1 }).words, "Checking, 1 stored on this device")
})

test("C5 saved is not said while the server waits for its database, to a newcomer neither", () => {
  const now = { live: true, sure: true, waiting: true, storing: true, queued: 0, kept: 0, begun: true }

  assert.equal(stateOf(now).words, "Waiting for the server’s database")
  assert.equal(
    stateOf({ ...now, queued: 2, kept: 2 }).words,
    "Waiting for the server’s database, 2 stored on this device",
  )
  assert.equal(stateOf({ ...now, live: false }).words, "Offline")
})

test("C4 where the browser stores nothing, it is said that what is unsent is kept in this tab only", () => {
  const now = { live: true, sure: true, storing: false, queued: 0, kept: 0, begun: true }

  assert.equal(stateOf(now).words, "Saved; unsent changes are kept in this tab only")
  assert.equal(stateOf({ ...now, queued: 2 }).words, "Sending 2, kept in this tab only")
  assert.equal(stateOf({ ...now, live: false, queued: 2 }).words, "Offline, 2 kept in this tab only")
})

test("a session that ended says why, and what is still here", () => {
  const now = {
    live: false,
    sure: false,
    storing: true,
    ended: "signed-out",
    queued: 1,
    kept: 1,
    begun: true,
  }

  assert.deepEqual(stateOf(now), { state: "ended", words: "You are signed out, 1 stored on this device" })
})

test("single letters act only while they are switched on; keys with a modifier always do", () => {
  assert.equal(keyFor({ ...still, key: "n" }, true)?.act, "add")
  assert.equal(keyFor({ ...still, key: "n" }, false), undefined)
  assert.equal(keyFor({ ...still, key: "z", ctrlKey: true }, false)?.act, "undo")
  assert.equal(keyFor({ ...still, key: "Z", metaKey: true, shiftKey: true }, false)?.act, "redo")
  assert.equal(keyFor({ ...still, key: "?", shiftKey: true }, true)?.act, "help")
})

test("no key is promised twice", () => {
  const keys = KEYS.flatMap((key) => key.keys)

  assert.equal(new Set(keys).size, keys.length)
})

test("what others did is told in few words", () => {
  const news = /** @type {any} */ ([
    { what: "added", item: card(1) },
    { what: "added", item: card(1) },
    { what: "moved", item: card(1) },
  ])

  assert.equal(summary(news), "2 new cards, 1 moved card")
})

test("a change of place is a move, a change of words a change", () => {
  assert.equal(newsOf(undefined, card(1)), "added")
  assert.equal(newsOf(card(1), card(2, { x: 9 })), "moved")
  assert.equal(newsOf(card(1), card(2, { text: "Two" })), "changed")
  assert.equal(newsOf(card(1), undefined), "removed")
  assert.equal(newsOf(card(1), card(1)), null)
})

test("T6 typing in one field is one gesture, whatever it took to send it", () => {
  const gestures = new Gestures()
  gestures.record({ keys: [1], say: "Added a note" })
  gestures.record({ keys: [2], say: "Changed the words", token: "w1" })
  gestures.record({ keys: [3], say: "Changed the words", token: "w1" })

  assert.deepEqual(gestures.popUndo()?.keys, [2, 3])
  assert.deepEqual(gestures.popUndo()?.keys, [1])
})

test("a refused deed cannot be undone, and a gesture of nothing else is forgotten", () => {
  const gestures = new Gestures()
  gestures.record({ keys: [1], say: "Moved" })
  gestures.drop(1)

  assert.equal(gestures.canUndo, false)
})

test("after a new deed there is nothing to redo", () => {
  const gestures = new Gestures()
  gestures.pushRedo({ keys: [1], say: "Moved" })
  gestures.record({ keys: [2], say: "Added" })

  assert.equal(gestures.canRedo, false)
})

test("an op travels with its number and base, an undo with the deed it takes back", () => {
  const op = { do: "edit_card", id: "a", text: "x" }

  assert.deepEqual(write({ n: 3, op, base: 7 }), { type: "op", n: 3, op, base: 7 })
  assert.deepEqual(write({ n: 4, undo: 9 }), { type: "op", n: 4, undo_of: 9 })
})

test("a frame that is no message is read as nothing", () => {
  for (const frame of ["", "{", "null", "[1]", '{"type":3}', new ArrayBuffer(2)])
    assert.equal(read(frame), null)
})

test("a kind of card is named with its article", () => {
  assert.deepEqual(["note", "outcome", "ask"].map(withArticle), ["a note", "an outcome", "an ask"])
})
