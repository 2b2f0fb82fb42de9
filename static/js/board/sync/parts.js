// The parts of an op: a batch has several, any other op is its own only part. Pure.
import { LIMITS } from "app/board/schema.js"

/** @typedef {import("app/board/schema.js").AnyOp} AnyOp */
/** @typedef {import("app/board/schema.js").Batch} Batch */

/** @param {AnyOp | Batch | undefined} op @returns {AnyOp[]} */
export function partsOf(op) {
  if (!op) return []
  return isBatch(op) ? op.parts : [op]
}

/** @param {AnyOp | Batch} op @returns {op is Batch} */
export function isBatch(op) {
  return op.do === "batch"
}

/**
 * As few ops as hold all parts, each within the limits of a batch; a lone part stays what it is.
 * @param {AnyOp[]} parts
 * @param {{ parts: number, batch: number }} [limits] how many parts a batch may have, and how many bytes
 * @returns {(AnyOp | Batch)[]}
 */
export function inBatches(parts, limits = LIMITS) {
  /** @type {AnyOp[][]} */
  const groups = []
  let room = 0
  for (const part of parts) {
    const bytes = encoder.encode(JSON.stringify(part)).length + 1
    room -= bytes
    if (room < 0 || (groups.at(-1)?.length ?? 0) >= limits.parts) {
      groups.push([])
      room = limits.batch - FRAME - bytes
    }
    groups.at(-1)?.push(part)
  }
  return groups.map((group) => (group.length > 1 ? { do: "batch", parts: group } : group[0]))
}

const FRAME = 32 // bytes around the parts: {"do":"batch","parts":[]}
const encoder = new TextEncoder()
