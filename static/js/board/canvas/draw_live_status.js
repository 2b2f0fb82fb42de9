// Draws what is known of the goal that a card stands for: a word, the latest value, and the line so far.
import { STATUS_KIND } from "app/board/schema.js"
import { h, svg } from "app/lib/dom.js"

/** @typedef {import("app/board/schema.js").Item} Item */
/** @typedef {import("app/board/schema.js").LiveStatus} LiveStatus */

const WIDE = 72
const HIGH = 20
const EDGE = 3

/** What a card shows of its goal; null for other kinds of card, which may still hold it. @param {Item} card @returns {LiveStatus | null} */
export function faceOf(card) {
  return card.fields.kind === STATUS_KIND ? (card.fields.face ?? null) : null
}

/** @param {HTMLElement} element @param {Item} card */
export function drawFace(element, card) {
  const face = faceOf(card)
  element.hidden = !face
  const shown = JSON.stringify(face)
  if (element.dataset.shown === shown) return
  element.dataset.shown = shown
  element.replaceChildren(...(face ? [sparkline(face.points), caption(face)] : []))
}

/**
 * Where the points are drawn: from left to right, evenly spaced.
 * @param {number[]} points heights from 0 to 100
 * @returns {[number, number][]}
 */
export function places(points) {
  const step = (WIDE - 2 * EDGE) / Math.max(points.length - 1, 1)
  return points.map((point, i) => [
    round(EDGE + i * step),
    round(HIGH - EDGE - (point / 100) * (HIGH - 2 * EDGE)),
  ])
}

/** @param {number[]} points */
function sparkline(points) {
  const at = places(points)
  const end = at.at(-1)
  if (!end) return ""
  return svg(
    "svg",
    { viewBox: `0 0 ${WIDE} ${HIGH}`, width: WIDE, height: HIGH, "aria-hidden": "true", focusable: "false" },
    svg("polyline", { points: at.map((place) => place.join(" ")).join(" ") }),
    svg("circle", { cx: end[0], cy: end[1], r: 2.4 }),
  )
}

/** @param {LiveStatus} face */
function caption(face) {
  return h("span", {}, h("b", { text: face.word }), face.value ? ` ${face.value}` : "")
}

/** @param {number} value */
function round(value) {
  return Math.round(value * 10) / 10
}
