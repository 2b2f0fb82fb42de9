// Draws what is known of what a card stands for. Of a goal: a word, the latest value, and the line so far.
import { STATUS_KIND } from "app/board/schema.js"
import { h, svg } from "app/lib/dom.js"

/** @typedef {import("app/board/schema.js").Item} Item */
/** @typedef {import("app/board/schema.js").LiveStatus} LiveStatus */

const WIDE = 72
const HIGH = 20
const EDGE = 3

/** What a card shows of its goal; null for other kinds of card, which may still hold it. @param {Item} card @returns {LiveStatus | null} */
export function faceOf(card) {
  const face = card.fields.face
  return card.fields.kind === STATUS_KIND && face && !face.record ? face : null
}

/** What a card of any kind shows of the record that it stands for. @param {Item | undefined} card @returns {LiveStatus | null} */
export function recordOf(card) {
  return card?.fields.face?.record ? card.fields.face : null
}

/** Why the words of such a card are not changed on the board. @param {LiveStatus} record */
export function changeThere(record) {
  const kind = (record.kind ?? "record").toLowerCase()
  return `This card stands for ${"aeio".includes(kind[0] ?? "") ? "an" : "a"} ${kind}. Change it there.`
}

/** @param {HTMLElement} element @param {Item} card */
export function drawFace(element, card) {
  const face = faceOf(card) ?? recordOf(card)
  element.hidden = !face
  const shown = JSON.stringify(face)
  if (element.dataset.shown === shown) return
  element.dataset.shown = shown
  element.replaceChildren(
    ...(face ? [sparkline(face), statusPill(face), ` ${face.record ? (face.date ?? "") : face.value}`] : []),
  )
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

/** @param {LiveStatus} face */
function sparkline({ points, sign }) {
  const at = places(points)
  const end = at.at(-1)
  if (!end) return ""
  return svg(
    "svg",
    { viewBox: `0 0 ${WIDE} ${HIGH}`, width: WIDE, height: HIGH, "aria-hidden": "true", focusable: "false" },
    svg("polyline", { points: at.map((place) => place.join(" ")).join(" ") }),
    svg("path", { class: `sign sign-${sign ?? "none"}`, d: signPath(sign, end[0], end[1], 2.6) }),
  )
}

/** The word for how a goal stands, with the sign and in the colours that its chart has. @param {LiveStatus} face */
export function statusPill({ word, sign }) {
  const shape = svg(
    "svg",
    { viewBox: "0 0 14 14", width: 12, height: 12, "aria-hidden": "true", focusable: "false" },
    svg("path", { class: `sign sign-${sign ?? "none"}`, d: signPath(sign, 7, 7, 4) }),
  )
  return h("b", { class: `status-pill status-${sign ?? "none"}` }, sign && shape, word)
}

/** Corners for a radius of 1, as in `app/outcomes/charts/markers.py`. @type {Record<string, [number, number][]>} */
const CORNERS = {
  better: [
    [-0.95, -0.95],
    [0.95, -0.95],
    [0.95, 0.95],
    [-0.95, 0.95],
  ],
  worse: [
    [0, -1.4],
    [1.4, 0],
    [0, 1.4],
    [-1.4, 0],
  ],
  higher: [
    [0, -1.3],
    [1.25, 0.95],
    [-1.25, 0.95],
  ],
  lower: [
    [0, 1.3],
    [1.25, -0.95],
    [-1.25, -0.95],
  ],
}

/**
 * A sign around a point: a square, a diamond, a triangle, else a circle.
 * @param {string | undefined} sign
 * @param {number} x
 * @param {number} y
 * @param {number} r
 */
export function signPath(sign, x, y, r) {
  const corners = CORNERS[sign ?? ""]
  if (!corners) return `M${x - r} ${y}a${r} ${r} 0 1 0 ${2 * r} 0a${r} ${r} 0 1 0 ${-2 * r} 0z`
  return `M${corners.map(([dx, dy]) => `${round(x + dx * r)} ${round(y + dy * r)}`).join("L")}z`
}

/** @param {number} value */
function round(value) {
  return Math.round(value * 10) / 10
}
