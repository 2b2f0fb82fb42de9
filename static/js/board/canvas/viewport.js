// The part of the board that is seen: pan, wheel, pinch, fit. d3-zoom does the gestures; this decides which count.

import { isText } from "app/lib/dom.js"
import { select } from "d3-selection"
import { zoom, zoomIdentity } from "d3-zoom"
import { fit, reveal, toBoard, ZOOM } from "./geometry.js"

/** @typedef {import("./geometry.js").Box} Box */

const STEP = 1.25
const HEADING = 52 // pixels at the top for the heading above the first section
const LINE = 40 // pixels that a line of a wheel stands for

export class Viewport {
  x = 0
  y = 0
  k = 1
  /** Screen pixels at the bottom that are covered, as by the panel on a phone. */
  inset = 0
  /** What the wheel does: the person's choice. @type {() => "pan" | "zoom"} */
  wheel = () => "pan"
  /** The space key is held: every drag pans. */
  panning = false
  /** @type {[number, number]} */
  #size = [0, 0]
  /** Whether a drag that begins so on the ground is somebody else's. @type {(event: any) => boolean} */
  isTaken = () => false

  /**
   * @param {HTMLElement} screen
   * @param {() => void} moved
   */
  constructor(screen, moved) {
    this.screen = screen
    new ResizeObserver(() => {
      this.#size = [screen.clientWidth, screen.clientHeight]
    }).observe(screen)
    this.zoom = zoom()
      .scaleExtent(ZOOM)
      .extent(() => this.#extent)
      .filter((event) => this.#isMeant(event))
      .on("start.cursor", ({ sourceEvent }) => sourceEvent && screen.classList.add("panning")) // not for a step of ours: on and off again, it costs the style of every card
      .on("end.cursor", () => screen.classList.remove("panning"))
      .on("zoom", ({ transform }) => {
        Object.assign(this, { x: transform.x, y: transform.y, k: transform.k })
        moved()
      })
    this.target = select(/** @type {Element} */ (screen))
    this.target.call(this.zoom).on("dblclick.zoom", null)
    screen.addEventListener("wheel", (event) => this.#wheel(event), { passive: false })
  }

  /** What d3 zooms about the middle of. Asked from the page only when that has been resized: a page that has just been changed is laid out for an answer. */
  get #extent() {
    return /** @type {[[number, number], [number, number]]} */ ([[0, 0], this.#size])
  }

  get width() {
    return this.screen.clientWidth
  }

  get height() {
    return this.screen.clientHeight - this.inset
  }

  /** @param {{ x: number, y: number, k: number }} to */
  set({ x, y, k }) {
    this.target.call(this.zoom.transform, zoomIdentity.translate(x, y).scale(k))
  }

  /** @param {number} dx @param {number} dy screen pixels */
  pan(dx, dy) {
    this.set({ x: this.x + dx, y: this.y + dy, k: this.k })
  }

  /** @param {number} k */
  zoomTo(k) {
    this.target.call(this.zoom.scaleTo, k)
  }

  zoomIn() {
    this.target.call(this.zoom.scaleBy, STEP)
  }

  zoomOut() {
    this.target.call(this.zoom.scaleBy, 1 / STEP)
  }

  /** @param {Box | null} box */
  fit(box) {
    const to = fit(box, this.width, this.height - HEADING, this.width < 600 ? 12 : 28)
    this.set({ ...to, y: to.y + HEADING })
  }

  /** @param {Box} box */
  reveal(box) {
    const to = reveal(this, box, this.width, this.height)
    if (to.x !== this.x || to.y !== this.y) this.set(to)
  }

  /** A pointer's place on the board. @param {{ clientX: number, clientY: number }} event */
  point(event) {
    const { left, top } = this.screen.getBoundingClientRect()
    return toBoard(this, event.clientX - left, event.clientY - top)
  }

  centre() {
    return toBoard(this, this.width / 2, this.height / 2)
  }

  /** @param {any} event */
  #isMeant(event) {
    if (event.type === "wheel") return false // see #wheel
    if (event.touches?.length > 1 || this.panning || event.button === 1) return true
    if (event.button || isText(event.target) || this.isTaken(event)) return false
    const held = event.target.closest?.("[data-drag]")
    return !held || (event.type === "touchstart" && !held.matches(".selected, .selected *"))
  }

  /** The wheel pans or zooms, as the person has chosen; with Ctrl, and by a pinch on a touchpad, it zooms. @param {WheelEvent} event */
  #wheel(event) {
    if (isText(event.target) && event.target === document.activeElement) return
    event.preventDefault()
    const [dx, dy] = event.shiftKey && !event.deltaX ? [event.deltaY, 0] : [event.deltaX, event.deltaY]
    const lines = event.deltaMode === 1 ? LINE : 1
    if (!event.ctrlKey && (this.wheel() === "pan" || event.shiftKey))
      return this.pan(-dx * lines, -dy * lines)
    const { left, top } = this.screen.getBoundingClientRect()
    const speed = event.ctrlKey ? 0.01 : 0.0015 * lines
    const at = /** @type {[number, number]} */ ([event.clientX - left, event.clientY - top])
    this.target.call(this.zoom.scaleBy, Math.exp(-dy * speed), at)
  }
}
