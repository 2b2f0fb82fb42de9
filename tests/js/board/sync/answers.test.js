import assert from "node:assert/strict"
import { test } from "node:test"
import { asAnswers, isPrivateNow, runningStage } from "app/board/sync/answers.js"
import { Replica } from "app/board/sync/replica.js"

const phase = (fields = {}) => ({ id: "p1", item: "phase", seq: 1, fields: { write: "private", ...fields } })
const card = (fields = {}) =>
  /** @type {any} */ ({ do: "add_card", id: "c1", kind: "note", text: "Words", ...fields })

test("a new card answers the phase that is written in, and is no draft of its own", () => {
  assert.deepEqual(asAnswers(card({ x: 3, y: 4, draft: true }), phase()), card({ x: 3, y: 4, phase: "p1" }))
})

test("where nothing is written, and for what adds no card, nothing is different", () => {
  const move = /** @type {any} */ ({ do: "move_card", id: "c1", section: null })

  assert.deepEqual(asAnswers(card(), phase({ write: "off" })), card())
  assert.deepEqual(asAnswers(move, phase()), move)
  assert.deepEqual(asAnswers(card({ phase: "p0" }), phase()), card({ phase: "p0" }))
})

test("it has a kind and a section that the phase takes", () => {
  const asked = phase({ kinds: ["question"], sections: ["s1", "s2"] })

  assert.deepEqual(
    asAnswers(card({ section: "s2", x: 3, y: 4 }), asked),
    card({ section: "s2", x: 3, y: 4, kind: "question", phase: "p1" }),
  )
  assert.deepEqual(
    asAnswers(card({ section: null, x: 3, y: 4 }), asked),
    card({ section: "s1", kind: "question", phase: "p1" }),
  )
})

test("each part of a batch is an answer too", () => {
  const batch = /** @type {any} */ ({ do: "batch", parts: [card(), { do: "remove_card", id: "c0" }] })

  assert.deepEqual(asAnswers(batch, phase()), {
    do: "batch",
    parts: [card({ phase: "p1" }), { do: "remove_card", id: "c0" }],
  })
})

test("W1 in a private phase a new card is shown as a draft at once, and once that is revealed as everyone's", () => {
  for (const [revealed, draft] of [
    [undefined, true],
    [true, undefined],
  ]) {
    const replica = new Replica()
    replica.items.set("p1", /** @type {any} */ (phase({ revealed })))
    replica.overlay([card({ phase: "p1" })], { id: "ana", at: 1 })

    assert.equal(replica.view.get("c1")?.fields.draft, draft)
    assert.equal(replica.view.get("c1")?.fields.phase, "p1")
  }
})

test("a workshop runs until it has ended", () => {
  const stage = (/** @type {object} */ fields) =>
    /** @type {any} */ ({ id: "s", item: "stage", seq: 1, fields })

  assert.equal(runningStage([stage({ ended: true })]), undefined)
  assert.equal(runningStage([stage({ ended: true }), stage({ now: "p1" })])?.fields.now, "p1")
  assert.equal(isPrivateNow(undefined), false)
})
