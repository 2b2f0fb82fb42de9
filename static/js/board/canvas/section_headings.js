// The heading above each section: title, prompt and count stay as large on the screen, however far one zooms out. Where
// the room above is less, the heading comes down over its own section.
import { setText } from "app/lib/dom.js"
import { READABLE } from "./draw_far_cards.js"
import { boundingBox } from "./geometry.js"

/** @typedef {import("./geometry.js").Box} Box */

const WIDEST = 380 // screen pixels that a heading takes beyond a narrow section, where nothing lies beside it
const HIGH = 90 // screen pixels that a heading may be high, when it is asked what lies beside it
const GAP = 14
const TOP = 64 // screen pixels that are free above the first sections when the whole board is in view
const LINE = 32 // screen pixels that a title of one line takes
const SECOND = 23 // and its second line
const PROMPT = 20 // screen pixels of a line of the prompt
const LEGIBLE = 1.25 // how much smaller or larger a heading may be while one zooms; its title is 14 pixels then
const SHARE = 0.5 // of its section that a heading may cover

/**
 * @param {import("app/board/context.js").BoardContext} context
 * @param {import("./renderer.js").Renderer} renderer
 */
export function sectionHeadings(context, renderer) {
  let drawn = 0
  /** How far down each was put, in screen pixels. @type {[HTMLElement, number][]} */
  let shifts = []
  context.on("redrawn", () => renderer.movement.isOngoing || draw())
  context.on("drawn", () => {
    const scale = Math.min(1, renderer.viewport.k)
    if (scale === drawn) return
    if (!renderer.movement.isZooming) draw()
    else if (Math.max(scale / drawn, drawn / scale) > LEGIBLE) resize(scale)
  })

  function draw() {
    const scale = Math.min(1, renderer.viewport.k)
    const boxes = context.items.sections.flatMap((section) => renderer.box(section.id) ?? [])
    const free = freeAround(boxes, scale, renderer.viewport)
    const headings = context.items.sections.flatMap((section) => {
      const element = renderer.frames.get(section.id)?.querySelector("header")
      const box = renderer.box(section.id)
      return element && box ? [{ id: section.id, element, box }] : []
    })
    for (const { id, element, box } of headings) {
      put(element, "width", `${Math.round(headingWidth(box, boxes, scale, free.x))}px`)
      setCount(element, context.items.cards(id).length)
      element.classList.remove("short")
    }
    // All at once, so that they are laid out once.
    const heights = headings.map(({ element }) => [element.offsetHeight, titleHeight(element)])
    shifts = headings.map(({ element, box }, i) => {
      const room = roomAbove(box, boxes, scale, free)
      const [height, title] = heights[i]
      const { top, short, lines, twoLines = false } = headingPlace(height, room, box.h * scale, title)
      element.classList.toggle("inside", height > room)
      element.classList.toggle("two-lines", twoLines)
      element.classList.toggle("short", short)
      element.classList.toggle("title-only", lines === 0)
      if (short) element.style.setProperty("--lines", String(lines))
      return [element, top]
    })
    resize(scale)
  }

  /** As large as this on the screen at any scale. While one zooms, each keeps its width and lines. @param {number} scale */
  function resize(scale) {
    drawn = scale
    const grow = scale < 1 ? `scale(${1 / scale})` : ""
    for (const [element, shift] of shifts) {
      put(element, "transform", shift ? `translateY(${shift / scale}px) ${grow}` : grow)
    }
  }
}

/**
 * Where a heading comes that is higher than the room above its section, all in screen pixels: it then lies over the
 * first cards of its own section, never over those of another. What would cover most of them is `short`: only its title
 * and so many `lines` of its prompt are shown until somebody points at it, has the focus there or selects the section.
 * Where there is no room for the prompt, a title of two lines has both of them, if they end above the foot of its
 * section.
 * @param {number} height
 * @param {number} room
 * @param {number} section the height of the section
 * @param {number} [title] the height of the whole title
 * @returns {{ top: number, short: boolean, lines?: number, twoLines?: boolean }} `top` is how far down it comes from where it stands above
 *   its section; of one that is short, which opens downwards, its upper edge from that of the section
 */
export function headingPlace(height, room, section, title = 0) {
  const down = Math.max(0, Math.round(height - room))
  if (down <= section * SHARE) return { top: down, short: false }
  const lines = Math.max(0, Math.floor((room + section * SHARE - LINE) / PROMPT))
  const twoLines = lines === 0 && title > SECOND * 1.5 && LINE + SECOND - room <= section
  const shown = LINE + lines * PROMPT + (twoLines ? SECOND : 0)
  return { top: Math.max(-shown, Math.round(-room)), short: true, lines, twoLines }
}

/** @param {HTMLElement} heading */
function titleHeight(heading) {
  return /** @type {HTMLElement} */ (heading.querySelector("h2")).offsetHeight
}

/**
 * The screen pixels that are free at the right of the board and above it while it is in the middle of the screen.
 * @param {Box[]} all
 * @param {number} scale
 * @param {{ width: number, height: number }} screen
 */
function freeAround(all, scale, { width, height }) {
  const { w, h } = boundingBox(all) ?? { w: 0, h: 0 }
  return { x: Math.max(0, (width - w * scale) / 2 - GAP), y: Math.max(TOP, (height - h * scale) / 2) }
}

/**
 * The screen pixels from a section up to the one above it. When all is seen from afar, the screen ends above the first.
 * @param {Box} box
 * @param {Box[]} all the boxes of all sections
 * @param {number} scale
 * @param {{ x: number, y: number }} free screen pixels at the right of the board and above it
 */
export function roomAbove(box, all, scale, free) {
  const right = box.x + headingWidth(box, all, scale, free.x) / scale
  const above = all.filter((each) => each.x < right && each.x + each.w > box.x && each.y + each.h <= box.y)
  const most = scale < READABLE ? free.y : Number.POSITIVE_INFINITY
  return Math.min(most, ...above.map((each) => (box.y - each.y - each.h) * scale))
}

/**
 * The room for a heading in screen pixels: its section's width, and more where nothing lies to the right. At the right
 * edge of the board only as much more as fits on the screen when all of it is in view.
 * @param {Box} box
 * @param {Box[]} all the boxes of all sections
 * @param {number} scale
 * @param {number} free screen pixels at the right of the board
 */
export function headingWidth(box, all, scale, free) {
  const beside = all.filter((each) => each.x > box.x && each.x >= box.x + box.w && isLevel(box, each, scale))
  const next = Math.min(...beside.map((each) => each.x - box.x)) * scale - GAP
  const board = (Math.max(...all.map((each) => each.x + each.w)) - box.x) * scale + free
  return Math.max(box.w * scale, Math.min(next, board, WIDEST))
}

/** Whether another section, with its heading, reaches to where the heading of this one is. @param {Box} box @param {Box} each @param {number} scale */
function isLevel(box, each, scale) {
  const high = HIGH / scale
  return each.y - high < box.y && each.y + each.h > box.y - high
}

/** @param {Element} heading @param {number} cards */
function setCount(heading, cards) {
  const [count, word] = /** @type {Element} */ (heading.querySelector(".frame-count")).children
  setText(count, String(cards))
  setText(word, cards === 1 ? " card" : " cards")
}

/** @param {HTMLElement} element @param {"transform" | "width"} name @param {string} value */
function put(element, name, value) {
  if (element.style[name] !== value) element.style[name] = value
}
