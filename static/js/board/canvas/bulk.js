// Where the bulk of the board lies: without the few things that somebody has left far away.
import { boundingBox } from "./geometry.js"

/** @typedef {import("./geometry.js").Box} Box */

const NEAR = 3 // how many times as far from the middle as most things are something may lie, and still belongs

/**
 * The box around most of them; null where there are none. What lies much farther from the middle than nine in ten is
 * left out.
 * @param {Box[]} boxes
 * @returns {Box | null}
 */
export function bulkOf(boxes) {
  const [x, y] = [
    middle(boxes.map((box) => box.x + box.w / 2)),
    middle(boxes.map((box) => box.y + box.h / 2)),
  ]
  const far = (/** @type {Box} */ box) =>
    Math.hypot(
      Math.max(0, box.x - x, x - box.x - box.w), // from the middle to the nearest edge of the box
      Math.max(0, box.y - y, y - box.y - box.h),
    )
  const reach = at(boxes.map(far), 0.9) * NEAR
  return boundingBox(boxes.filter((box) => far(box) <= Math.max(reach, LEAST)))
}

const LEAST = 2000 // pixels; on a small board nothing is left out for being a screen away

/** @param {number[]} values */
function middle(values) {
  return at(values, 0.5)
}

/** The value that this share of them does not exceed. @param {number[]} values @param {number} share */
function at(values, share) {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0
}
