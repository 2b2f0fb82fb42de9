// The heading above each section: title, prompt and count stay as large on the screen, however far one zooms out.
import { setText } from "app/lib/dom.js"

/** @typedef {import("./geometry.js").Box} Box */

const WIDEST = 380 // screen pixels that a heading takes beyond a narrow section, where nothing lies beside it
const HIGH = 90 // screen pixels that a heading may be high, when it is asked what lies beside it
const GAP = 14

/**
 * @param {import("app/board/context.js").BoardContext} context
 * @param {import("./renderer.js").Renderer} renderer
 */
export function sectionHeadings(context, renderer) {
  let drawn = 0
  context.on("redrawn", draw)
  context.on("drawn", () => renderer.viewport.k !== drawn && draw())

  function draw() {
    drawn = renderer.viewport.k
    const scale = Math.min(1, drawn)
    const boxes = context.items.sections.flatMap((section) => renderer.box(section.id) ?? [])
    for (const section of context.items.sections) {
      const heading = renderer.frames.get(section.id)?.querySelector("header")
      const box = renderer.box(section.id)
      if (!heading || !box) continue
      put(heading, "transform", scale < 1 ? `scale(${1 / scale})` : "")
      put(heading, "width", `${Math.round(headingWidth(box, boxes, scale))}px`)
      const [count, word] = /** @type {Element} */ (heading.querySelector(".frame-count")).children
      const { length } = context.items.cards(section.id)
      setText(count, String(length))
      setText(word, length === 1 ? " card" : " cards")
    }
  }
}

/**
 * The room for a heading in screen pixels: its section's width, and more where nothing lies to the right.
 * @param {Box} box
 * @param {Box[]} all the boxes of all sections
 * @param {number} scale
 */
export function headingWidth(box, all, scale) {
  const beside = all.filter((each) => each.x > box.x && each.x >= box.x + box.w && isLevel(box, each, scale))
  const free = Math.min(...beside.map((each) => each.x - box.x)) * scale - GAP
  return Math.max(box.w * scale, Math.min(free, WIDEST))
}

/** Whether another section, with its heading, reaches to where the heading of this one is. @param {Box} box @param {Box} each @param {number} scale */
function isLevel(box, each, scale) {
  const high = HIGH / scale
  return each.y - high < box.y && each.y + each.h > box.y - high
}

/** @param {HTMLElement} element @param {"transform" | "width"} name @param {string} value */
function put(element, name, value) {
  if (element.style[name] !== value) element.style[name] = value
}
