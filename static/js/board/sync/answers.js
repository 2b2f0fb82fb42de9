// New cards while a workshop runs: each answers its present phase, under what that promises. Pure.

import { isBatch } from "./parts.js"

/** @typedef {import("app/board/schema.js").Item} Item */
/** @typedef {import("app/board/schema.js").AnyOp} AnyOp */

/** The workshop that runs on the board. @param {Iterable<Item>} items */
export function runningStage(items) {
  for (const item of items) if (item.item === "stage" && !item.fields.ended) return item
  return undefined
}

/** Whether what is written in a phase now is read by its author alone. @param {Item | undefined} phase */
export function isPrivateNow(phase) {
  return phase?.item === "phase" && phase.fields.write === "private" && !phase.fields.revealed
}

/**
 * An op, or each part of a batch, as an answer to the phase where it adds a card.
 * @param {AnyOp | import("app/board/schema.js").Batch} op
 * @param {Item} phase
 */
export function asAnswers(op, phase) {
  return isBatch(op) ? { ...op, parts: op.parts.map((part) => asAnswer(part, phase)) } : asAnswer(op, phase)
}

/**
 * A new card as an answer to the phase, where that is written in; anything else as it is.
 * @param {AnyOp} op
 * @param {Item | undefined} phase the present one
 * @returns {AnyOp}
 */
export function asAnswer(op, phase) {
  if (op.do !== "add_card" || op.phase || !phase || phase.fields.write === "off") return op
  const { draft: _draft, x, y, ...card } = /** @type {any} */ (op)
  const { kinds = ["note"], sections = [] } = phase.fields
  const elsewhere = sections.length > 0 && !sections.includes(op.section)
  return {
    ...card,
    ...(elsewhere
      ? { section: sections[0] }
      : { ...(x !== undefined && { x }), ...(y !== undefined && { y }) }),
    kind: kinds.includes(card.kind) ? card.kind : kinds[0],
    phase: phase.id,
  }
}
