// Where things lie: boxes in pixels of the board, curves between them, what fits and what is in view.
import { CARD, SECTION } from "app/board/schema.js"
import { round, within } from "app/board/sync/items.js"
import { overlap } from "app/board/sync/places.js"

/** @typedef {import("app/board/schema.js").Item} Item */
/** @typedef {{ x: number, y: number, w: number, h: number }} Box */
/** @typedef {{ x: number, y: number, k: number }} Transform   how the board is looked at: shift in screen pixels, scale */

export { overlap, round, within }

export const ZOOM = /** @type {[number, number]} */ ([0.1, 3])

/**
 * A card's box on the board, with the nominal height until it has been measured. Cards lie by the corner of their
 * section.
 * @param {Item} card
 * @param {Item | undefined} section
 * @param {number} [height]
 * @returns {Box}
 */
export function cardBox(card, section, height = CARD.h) {
  const { x = 0, y = 0, w = CARD.w } = card.fields
  return { x: x + (section?.fields.x ?? 0), y: y + (section?.fields.y ?? 0), w, h: height }
}

/**
 * @param {Item} section
 * @returns {Box}
 */
export function sectionBox(section) {
  const { x = 0, y = 0, w = SECTION.w, h = SECTION.h } = section.fields
  return { x, y, w, h }
}

/**
 * @param {Box} outer
 * @param {Box} inner
 */
export function contains(outer, inner) {
  const right = outer.x + outer.w >= inner.x + inner.w
  return outer.x <= inner.x && outer.y <= inner.y && right && outer.y + outer.h >= inner.y + inner.h
}

/**
 * @param {Box} box
 * @param {number} x
 * @param {number} y
 */
export function containsPoint(box, x, y) {
  return x >= box.x && x <= box.x + box.w && y >= box.y && y <= box.y + box.h
}

/**
 * The smallest box around all of them; null where there are none.
 * @param {Iterable<Box>} boxes
 * @returns {Box | null}
 */
export function boundingBox(boxes) {
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity]
  for (const { x, y, w, h } of boxes) {
    left = Math.min(left, x)
    top = Math.min(top, y)
    right = Math.max(right, x + w)
    bottom = Math.max(bottom, y + h)
  }
  return left === Infinity ? null : { x: left, y: top, w: right - left, h: bottom - top }
}

/**
 * The transform that shows all of `box` on a screen of `width` x `height`, at a scale of at most 1.
 * @param {Box | null} box
 * @param {number} width
 * @param {number} height
 * @param {number} [edge]
 * @returns {Transform}
 */
export function fit(box, width, height, edge = 48) {
  if (!box || !width || !height) return { x: edge, y: edge, k: 1 }
  const room = Math.min((width - 2 * edge) / Math.max(box.w, 1), (height - 2 * edge) / Math.max(box.h, 1))
  const k = Math.min(1, Math.max(ZOOM[0], room))
  return { k, x: (width - box.w * k) / 2 - box.x * k, y: (height - box.h * k) / 2 - box.y * k }
}

/**
 * What of the board a screen shows, with a margin in screen pixels.
 * @param {Transform} transform
 * @param {number} width
 * @param {number} height
 * @param {number} [margin]
 * @returns {Box}
 */
export function inView({ x, y, k }, width, height, margin = 0) {
  return {
    x: (-x - margin) / k,
    y: (-y - margin) / k,
    w: (width + 2 * margin) / k,
    h: (height + 2 * margin) / k,
  }
}

/**
 * The transform with the smallest shift that brings a box into view.
 * @param {Transform} transform
 * @param {Box} box
 * @param {number} width
 * @param {number} height
 * @param {number} [edge]
 * @returns {Transform}
 */
export function reveal(transform, box, width, height, edge = 40) {
  const shift = (/** @type {number} */ low, /** @type {number} */ size, /** @type {number} */ room) => {
    if (low < edge) return edge - low
    const over = low + size - (room - edge)
    return over > 0 ? -Math.min(over, low - edge) : 0
  }
  const dx = shift(box.x * transform.k + transform.x, box.w * transform.k, width)
  const dy = shift(box.y * transform.k + transform.y, box.h * transform.k, height)
  return { k: transform.k, x: transform.x + dx, y: transform.y + dy }
}

/**
 * @param {Transform} transform
 * @param {number} x screen pixels from the canvas's corner
 * @param {number} y
 */
export function toBoard(transform, x, y) {
  return { x: (x - transform.x) / transform.k, y: (y - transform.y) / transform.k }
}

/**
 * A curve from one box to another, between the sides that face each other.
 * @param {Box} from
 * @param {Box} to
 * @returns {{ path: string, middle: { x: number, y: number } }}
 */
export function curve(from, to) {
  const a = { x: from.x + from.w / 2, y: from.y + from.h / 2 }
  const b = { x: to.x + to.w / 2, y: to.y + to.h / 2 }
  const gapX = Math.abs(b.x - a.x) - (from.w + to.w) / 2
  const gapY = Math.abs(b.y - a.y) - (from.h + to.h) / 2
  const level = gapX >= gapY
  const way = level ? Math.sign(b.x - a.x) || 1 : Math.sign(b.y - a.y) || 1
  const start = level ? { x: a.x + (way * from.w) / 2, y: a.y } : { x: a.x, y: a.y + (way * from.h) / 2 }
  const end = level ? { x: b.x - way * (to.w / 2 + 3), y: b.y } : { x: b.x, y: b.y - way * (to.h / 2 + 3) }
  const bend = Math.max(24, Math.min(140, Math.hypot(end.x - start.x, end.y - start.y) * 0.45)) * way
  const c1 = level ? { x: start.x + bend, y: start.y } : { x: start.x, y: start.y + bend }
  const c2 = level ? { x: end.x - bend, y: end.y } : { x: end.x, y: end.y - bend }
  const at = (/** @type {"x" | "y"} */ k) => (start[k] + 3 * c1[k] + 3 * c2[k] + end[k]) / 8
  const point = (/** @type {{ x: number, y: number }} */ p) => `${round(p.x)} ${round(p.y)}`
  const path = `M${point(start)} C${point(c1)} ${point(c2)} ${point(end)}`
  return { path, middle: { x: round(at("x")), y: round(at("y")) } }
}
