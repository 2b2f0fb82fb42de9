// A box drawn on empty ground selects the cards that it touches: with Shift, or while several are being selected.

import { h } from "app/lib/dom.js"

const LEAST = 4 // screen pixels; less is a press

/**
 * @param {import("app/board/context.js").BoardContext} context
 * @param {import("app/board/canvas/renderer.js").Renderer} renderer
 */
export function enableBox(context, renderer) {
  const { viewport } = renderer
  const { screen } = viewport
  const element = h("div", { class: "select-box", "aria-hidden": "true", hidden: true })
  /** Where it began, in screen pixels, and what was selected then. @type {{ x: number, y: number, pointer: number, before: string[] } | null} */
  let start = null
  let ended = false
  screen.append(element)
  viewport.isTaken = (event) => isWanted(event)
  screen.addEventListener("pointerdown", begin)
  screen.addEventListener("pointermove", stretch)
  screen.addEventListener("pointerup", end)
  screen.addEventListener("pointercancel", cancel)
  screen.addEventListener("touchmove", hold, { passive: false })
  screen.addEventListener("click", swallow, { capture: true })
  return { cancel }

  /** @param {{ shiftKey: boolean, button?: number, target: any }} event */
  function isWanted({ shiftKey, button, target }) {
    const onGround = !target.closest("[data-drag], a, button, .writer")
    return !button && onGround && (shiftKey || context.several) && context.linking === null
  }

  /** @param {PointerEvent} event */
  function begin(event) {
    ended = false
    if (start) return void cancel() // a second finger pinches
    if (!event.isPrimary || viewport.panning || !isWanted(/** @type {any} */ (event))) return
    start = { ...at(event), pointer: event.pointerId, before: context.selectedCards.map(({ id }) => id) }
  }

  /** @param {PointerEvent} event */
  function stretch(event) {
    if (!start || event.pointerId !== start.pointer) return
    const box = boxTo(at(event))
    if (element.hidden && Math.hypot(box.w, box.h) < LEAST) return
    if (element.hidden) screen.setPointerCapture(event.pointerId)
    element.hidden = false
    Object.assign(element.style, { width: `${box.w}px`, height: `${box.h}px` })
    element.style.transform = `translate(${box.x}px, ${box.y}px)`
    context.selectAll([...start.before, ...touched(box)])
  }

  function end() {
    ended = start !== null && !element.hidden
    if (ended) screen.focus({ preventScroll: true })
    start = null
    element.hidden = true
  }

  /** Takes the box back. @returns {boolean} whether there was one */
  function cancel() {
    const drawn = start !== null && !element.hidden
    if (start && drawn) context.selectAll(start.before)
    start = null
    element.hidden = true
    return drawn
  }

  /** Left alone, these are no longer ours to decide on when a second finger makes a pinch of them. @param {TouchEvent} event */
  function hold(event) {
    if (start && event.cancelable) event.preventDefault()
  }

  /** The click at the end of a box is none. @param {Event} event */
  function swallow(event) {
    if (ended) event.stopPropagation()
    ended = false
  }

  /** The cards that lie in a part of the screen. @param {import("app/board/canvas/geometry.js").Box} box */
  function touched(box) {
    const { x, y, k } = viewport
    const part = { x: (box.x - x) / k, y: (box.y - y) / k, w: box.w / k, h: box.h / k }
    return [...renderer.layout.cardsIn(part)].map(({ id }) => id)
  }

  /** @param {{ x: number, y: number }} to */
  function boxTo(to) {
    const from = start ?? to
    const corner = { x: Math.min(from.x, to.x), y: Math.min(from.y, to.y) }
    return { ...corner, w: Math.abs(to.x - from.x), h: Math.abs(to.y - from.y) }
  }

  /** @param {PointerEvent} event */
  function at({ clientX, clientY }) {
    const { left, top } = screen.getBoundingClientRect()
    return { x: clientX - left, y: clientY - top }
  }
}
