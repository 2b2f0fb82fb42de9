// What the browser shows of a board once a person has done something there and before the server has answered.
import { partsOf } from "app/board/sync/parts.js"
import { Replica } from "app/board/sync/replica.js"

/** @typedef {{ id: string, item: string, fields: Record<string, any> }} Shown   without what only time tells */

/**
 * @param {Shown[]} board what the person sees before
 * @param {import("app/board/schema.js").AnyOp | import("app/board/schema.js").Batch} op
 * @param {string} who
 * @returns {Map<string, Shown>} by id
 */
export function predicted(board, op, who) {
  const replica = new Replica()
  for (const { id, item, fields } of board) replica.items.set(id, { id, item, seq: 1, fields })
  for (const [id, item] of replica.items) replica.view.set(id, item)
  replica.overlay(partsOf(op), { id: who, at: 0 })
  return new Map(
    [...replica.view].map(([id, { item, fields }]) => [id, { id, item, fields: timeless(fields) }]),
  )
}

/** @param {Record<string, any>} fields */
function timeless({ at: _at, ...fields }) {
  return fields
}
