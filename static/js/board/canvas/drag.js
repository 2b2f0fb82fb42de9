// Moving and resizing by pointer. While dragging, others see only our pointer; the drop is one op (T5).
import { CARD_BOUNDS, SECTION_BOUNDS } from "app/board/schema.js"
import { drag } from "d3-drag"
import { select } from "d3-selection"
import { putFrame } from "./draw_section.js"
import { containsPoint, round, sectionBox, within } from "./geometry.js"

/** @typedef {import("app/board/context.js").BoardContext} BoardContext */
/** @typedef {import("./renderer.js").Renderer} Renderer */
/** @typedef {import("app/board/commands.js").Commands} Commands */
/** @typedef {{ what: string, id: string, box: import("./geometry.js").Box, x: number, y: number, moved: boolean, cancelled?: boolean }} Held */

const LEAST = 4 // screen pixels; a shorter drag is a click

/**
 * @param {BoardContext} context
 * @param {Renderer} renderer
 * @param {Commands} commands
 */
export function enableDragging(context, renderer, commands) {
  const { world, viewport } = renderer
  const handlers = { card: dragCard, size: resizeCard, frame: dragFrame, "frame-size": dragFrame }
  const behaviour = drag()
    .container(() => /** @type {any} */ (world.parentElement))
    .filter(
      (event) =>
        !event.button &&
        !(event.touches?.length > 1) &&
        !viewport.panning &&
        !context.linking &&
        isHandle(event),
    )
    .subject((event) => pickUp(event.sourceEvent))
    .clickDistance(LEAST)
    .on("start", ({ subject, identifier, sourceEvent }) => start(subject, identifier, sourceEvent))
    .on("drag", (event) => dragTo(event.subject, viewport.point(pointOf(event.sourceEvent))))
    .on("end", ({ subject }) => drop(subject))
  select(/** @type {Element} */ (world)).call(/** @type {any} */ (behaviour))
  /** What is dragged now, and the touch that drags it. @type {{ held: Held, touch: Touch | null } | null} */
  let current = null
  const pinched = (/** @type {TouchEvent} */ event) => event.touches.length > 1 && cancel()
  viewport.screen.addEventListener("touchstart", pinched, { capture: true, passive: true })
  return { cancel }

  /** @param {Held | null} held @param {number | "mouse"} identifier @param {any} event */
  function start(held, identifier, event) {
    if (!held) return
    const touches = /** @type {Touch[]} */ ([...(event.changedTouches ?? [])])
    current = { held, touch: touches.find((each) => each.identifier === identifier) ?? null }
    context.select(held.id)
  }

  /** Takes a drag back: all lies where it lay. @returns {boolean} whether anything was dragged */
  function cancel() {
    if (!current) return false
    const { held, touch } = current
    const moved = held.moved
    Object.assign(held, { moved: false, cancelled: true })
    if (touch)
      touch.target.dispatchEvent(new TouchEvent("touchcancel", { changedTouches: [touch], bubbles: true }))
    drop(held)
    if (moved) renderer.redrawAll() // a section's own element had followed
    return moved
  }

  /** @param {any} event @returns {boolean} */
  function isHandle(event) {
    const handle = event.target.closest("[data-drag]")
    const touched = event.type === "touchstart" && !handle?.closest(".selected")
    return Boolean(handle) && !touched
  }

  /** @param {any} event @returns {Held | null} */
  function pickUp(event) {
    const handle = event.target.closest("[data-drag]")
    const id = handle?.closest("[data-id]")?.dataset.id
    const box = renderer.box(id)
    if (!handle || !box) return null
    return { what: handle.dataset.drag, id, box, ...viewport.point(pointOf(event)), moved: false }
  }

  /** @param {Held} held @param {{ x: number, y: number }} at */
  function dragTo(held, at) {
    const [dx, dy] = [at.x - held.x, at.y - held.y]
    const item = context.get(held.id)
    if (!item || held.cancelled || (!held.moved && Math.hypot(dx, dy) * viewport.k < LEAST)) return
    if (!context.may(`${held.what === "size" ? "resize" : "move"}_${item.item}`)) return
    held.moved = true
    handlers[/** @type {keyof typeof handlers} */ (held.what)](held, dx, dy)
    renderer.redraw()
  }

  /** @param {Held} held @param {number} dx @param {number} dy */
  function dragCard({ id, box }, dx, dy) {
    renderer.layout.held = { id, x: box.x + dx, y: box.y + dy }
    const target = sectionUnder(box, dx, dy)
    for (const [section, frame] of renderer.frames) frame.classList.toggle("drop", section === target)
  }

  /** @param {Held} held @param {number} dx */
  function resizeCard({ id, box }, dx) {
    renderer.layout.held = { id, x: box.x, y: box.y, w: within(box.w + dx, CARD_BOUNDS.w) }
  }

  /** The frame element follows at once, and its cards with it, since they are inside. @param {Held} held @param {number} dx @param {number} dy */
  function dragFrame({ id, box, what }, dx, dy) {
    const frame = renderer.frames.get(id)
    if (!frame) return
    if (what === "frame") putFrame(frame, box.x + dx, box.y + dy)
    else
      Object.assign(frame.style, {
        width: `${resized(box, dx, dy).w}px`,
        height: `${resized(box, dx, dy).h}px`,
      })
  }

  /** @param {Held | null} held */
  function drop(held) {
    current = null
    const lifted = renderer.layout.held
    renderer.layout.held = null
    for (const frame of renderer.frames.values()) frame.classList.remove("drop")
    const item = context.get(held?.id)
    if (held?.moved && item) settle(held, item, lifted)
    renderer.redraw()
  }

  /** @param {Held} held @param {import("app/board/schema.js").Item} item @param {typeof renderer.layout.held} lifted */
  function settle(held, item, lifted) {
    if (held.what === "card" && lifted)
      return commands.drop(
        item,
        lifted.x,
        lifted.y,
        sectionUnder(held.box, lifted.x - held.box.x, lifted.y - held.box.y),
      )
    if (held.what === "size" && lifted?.w) return commands.resize(item, lifted.w)
    const frame = renderer.frames.get(held.id)
    if (!frame || held.what === "card") return undefined
    const [x, y] = [Number.parseFloat(frame.style.left), Number.parseFloat(frame.style.top)]
    if (held.what === "frame")
      return commands.moveSection(item, { x: round(x), y: round(y) }, "Moved a section")
    const [w, h] = [Number.parseFloat(frame.style.width), Number.parseFloat(frame.style.height)]
    return commands.moveSection(item, { w: round(w), h: round(h) }, "Changed the size of a section")
  }

  /**
   * The section under a card's middle; of several, the one drawn last.
   * @param {Held["box"]} box
   * @param {number} dx
   * @param {number} dy
   */
  function sectionUnder(box, dx, dy) {
    const [x, y] = [box.x + dx + box.w / 2, box.y + dy + Math.min(box.h / 2, 60)]
    return context.items.sections.findLast((section) => containsPoint(sectionBox(section), x, y))?.id ?? null
  }
}

/** @param {Held["box"]} box @param {number} dx @param {number} dy */
function resized(box, dx, dy) {
  return { w: within(box.w + dx, SECTION_BOUNDS.w), h: within(box.h + dy, SECTION_BOUNDS.h) }
}

/** @param {any} event */
function pointOf(event) {
  return event.changedTouches?.[0] ?? event
}
