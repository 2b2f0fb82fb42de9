// Where the bar of what is selected stands: above it, else below, always within what is seen of the canvas.

import { curve } from "app/board/canvas/geometry.js"

/** @typedef {import("app/board/canvas/geometry.js").Box} Box */

const EDGE = 8
const GAP = 14

/**
 * The bar's corner in screen pixels of the canvas; null while what is selected is out of view.
 * @param {import("app/board/context.js").BoardContext} context
 * @param {import("app/board/canvas/renderer.js").Renderer} renderer
 * @param {{ w: number, h: number }} size of the bar
 * @returns {{ x: number, y: number } | null}
 */
export function placeBar(context, renderer, size) {
  const { x, y, k, width, height } = renderer.viewport
  const box = boxOf(context, renderer)
  if (!box) return null
  const heading = headingOf(renderer, context.selected) * Math.max(1, k)
  const on = { x: box.x * k + x, y: box.y * k + y - heading, w: box.w * k, h: box.h * k + heading }
  if (on.x > width || on.y > height || on.x + on.w < 0 || on.y + on.h < 0) return null
  return besideOf(on, size, { w: width, h: height })
}

/**
 * @param {Box} on      the selected item, in screen pixels
 * @param {{ w: number, h: number }} size
 * @param {{ w: number, h: number }} room
 */
export function besideOf(on, size, room) {
  const x = Math.max(EDGE, Math.min(on.x + on.w / 2 - size.w / 2, room.w - size.w - EDGE))
  const above = on.y - GAP - size.h
  if (above >= EDGE) return { x: Math.round(x), y: Math.round(above) }
  const below = Math.min(on.y + on.h + GAP, room.h - size.h - EDGE)
  return { x: Math.round(x), y: Math.round(Math.max(EDGE, below)) }
}

/** @param {import("app/board/context.js").BoardContext} context @param {import("app/board/canvas/renderer.js").Renderer} renderer */
function boxOf(context, renderer) {
  const item = context.selectedItem
  if (item?.item !== "link") return renderer.box(context.selected)
  const [from, to] = [renderer.box(item.fields.start), renderer.box(item.fields.end)]
  return from && to ? { ...curve(from, to).middle, w: 0, h: 0 } : null
}

/** How high the heading above a section is, in screen pixels. @param {import("app/board/canvas/renderer.js").Renderer} renderer @param {string | null} id */
function headingOf(renderer, id) {
  const heading = renderer.frames.get(id ?? "")?.querySelector("header")
  return heading?.offsetHeight ?? 0
}
