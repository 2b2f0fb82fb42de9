// Moving and resizing by pointer. While dragging, others see only our pointer; the drop is one op (T5).
import { placeAfter } from "app/board/grid_moves.js"
import { CARD_BOUNDS, SECTION_BOUNDS } from "app/board/schema.js"
import { dropAll } from "app/board/selection/drop_all.js"
import { columnsOf, isGrid } from "app/board/sync/arrangement.js"
import { drag } from "d3-drag"
import { select } from "d3-selection"
import { round, within } from "./geometry.js"
import { insertion } from "./insertion.js"

/** @typedef {import("app/board/context.js").BoardContext} BoardContext */
/** @typedef {import("./renderer.js").Renderer} Renderer */
/** @typedef {import("app/board/commands.js").Commands} Commands */
/** @typedef {import("app/board/schema.js").Item} Item */
/** @typedef {import("./layout.js").Held} Lifted */
/** @typedef {{ what: string, id: string, box: import("./geometry.js").Box, x: number, y: number, moved: boolean, cancelled?: boolean, refused?: boolean, all: string[] }} Held   `all` cards that are dragged, where there are several */

const LEAST = 4 // screen pixels; a shorter drag is a click
const LOCKED = "This section is locked. Those who set up the board can move it."

/**
 * @param {BoardContext} context
 * @param {Renderer} renderer
 * @param {Commands} commands
 * @param {import("app/board/selection_commands.js").SelectionCommands} selection
 */
export function enableDragging(context, renderer, commands, selection) {
  const { world, viewport } = renderer
  const handlers = { card: dragCard, size: resizeCard, frame: dragFrame, "frame-size": dragFrame }
  const behaviour = drag()
    .container(() => /** @type {any} */ (viewport.screen))
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
    const adding = context.several || event.shiftKey
    if (!adding && !context.isSelected(held.id)) context.select(held.id)
    const several = held.what === "card" && context.isSelected(held.id) && context.selection.size > 1
    if (several) held.all = context.selectedCards.map(({ id }) => id)
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
    return { what: handle.dataset.drag, id, box, ...viewport.point(pointOf(event)), moved: false, all: [] }
  }

  /** @param {Held} held @param {{ x: number, y: number }} at */
  function dragTo(held, at) {
    const [dx, dy] = [at.x - held.x, at.y - held.y]
    const item = context.get(held.id)
    if (!item || held.cancelled || (!held.moved && Math.hypot(dx, dy) * viewport.k < LEAST)) return
    if (!mayDrag(held, item)) return refuse(held, item)
    held.moved = true
    handlers[/** @type {keyof typeof handlers} */ (held.what)](held, dx, dy)
    renderer.redraw()
  }

  /** @param {Held} held @param {Item} item */
  function mayDrag(held, item) {
    if (item.item === "section") return context.mayChangeSection(item)
    return context.may(`${held.what === "size" ? "resize" : "move"}_${item.item}`)
  }

  /** @param {Held} held @param {Item} item */
  function refuse(held, item) {
    if (!held.refused && item.item === "section" && context.may("add_card")) context.announcer.notify(LOCKED)
    held.refused = true
  }

  /** @param {Held} held @param {number} dx @param {number} dy */
  function dragCard({ id, box, all }, dx, dy) {
    const many = all.length || undefined
    renderer.layout.held = { id, x: box.x + dx, y: box.y + dy, many }
    const { section, mark } = targetOf(id, all)
    for (const [each, frame] of renderer.frames) frame.classList.toggle("drop", each === section)
    renderer.mark.show(mark)
  }

  /** @param {Held} held @param {number} dx */
  function resizeCard({ id, box }, dx) {
    renderer.layout.held = { id, x: box.x, y: box.y, w: within(box.w + dx, CARD_BOUNDS.w) }
  }

  /** Its cards go with the frame, since they are inside. @param {Held} held @param {number} dx @param {number} dy */
  function dragFrame({ id, box, what }, dx, dy) {
    const to =
      what === "frame" ? { x: box.x + dx, y: box.y + dy } : { x: box.x, y: box.y, ...resized(box, dx, dy) }
    renderer.layout.held = { id, ...to }
  }

  /** @param {Held | null} held */
  function drop(held) {
    current = null
    const lifted = renderer.layout.held
    const target = held?.what === "card" && lifted ? targetOf(held.id, held.all) : null
    renderer.layout.held = null
    renderer.mark.show(null)
    for (const frame of renderer.frames.values()) frame.classList.remove("drop")
    const item = context.get(held?.id)
    if (held?.moved && item && lifted) settle(held, item, lifted, target)
    renderer.redraw()
  }

  /** @param {Held} held @param {Item} item @param {Lifted} lifted @param {ReturnType<typeof targetOf> | null} target */
  function settle(held, item, lifted, target) {
    if (target && held.all.length) return dropAll(selection, renderer, held.all, shift(held, lifted), target)
    if (target?.after !== undefined) return placeAfter(commands, item, target.section ?? "", target.after)
    if (target) return commands.drop(item, fromCorner(lifted, target.section), target.section)
    if (held.what === "size") return commands.resize(item, lifted.w ?? held.box.w)
    if (held.what === "frame")
      return commands.moveSection(item, { x: round(lifted.x), y: round(lifted.y) }, "Moved a section")
    return commands.moveSection(item, sizeNow(held, item, lifted), "Changed the size of a section")
  }

  /**
   * A grid that has outgrown its frame keeps the height of that, unless it is made taller than it is drawn.
   * @param {Held} held
   * @param {Item} section
   * @param {Lifted} lifted
   */
  function sizeNow({ box }, section, { w = box.w, h = box.h }) {
    const kept = isGrid(section) && h <= box.h && box.h > section.fields.h
    return kept ? { w: round(w) } : { w: round(w), h: round(h) }
  }

  /**
   * Where the dragged card would go: the section under its middle, and in a grid `after` which card, with a mark.
   * @param {string} id
   * @param {string[]} all
   * @returns {{ section: string | null, after?: string | null, mark: import("./geometry.js").Box | null }}
   */
  function targetOf(id, all) {
    const { layout } = renderer
    const box = /** @type {Held["box"]} */ (layout.box(id))
    const middle = { x: box.x + box.w / 2, y: box.y + Math.min(box.h / 2, 60) }
    const section = layout.sectionAt(middle)
    if (!section || !isGrid(section)) return { section: section?.id ?? null, mark: null }
    const cards = layout.boxesIn(section.id).filter(([each]) => each !== id && !all.includes(each))
    const { after, mark } = insertion(
      cards,
      fromCorner(middle, section.id),
      columnsOf(section.fields.w) === 1,
    )
    const corner = layout.corner(section.id)
    return { section: section.id, after, mark: { ...mark, x: mark.x + corner.x, y: mark.y + corner.y } }
  }

  /** @param {{ x: number, y: number }} at @param {string | null} section */
  function fromCorner({ x, y }, section) {
    const corner = renderer.layout.corner(section)
    return { x: x - corner.x, y: y - corner.y }
  }
}

/** How far it was dragged. @param {Held} held @param {Lifted} lifted */
function shift({ box }, lifted) {
  return { dx: lifted.x - box.x, dy: lifted.y - box.y }
}

/** @param {Held["box"]} box @param {number} dx @param {number} dy */
function resized(box, dx, dy) {
  return { w: within(box.w + dx, SECTION_BOUNDS.w), h: within(box.h + dy, SECTION_BOUNDS.h) }
}

/** @param {any} event */
function pointOf(event) {
  return event.changedTouches?.[0] ?? event
}
