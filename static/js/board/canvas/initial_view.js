// What is in view: at first the whole board; then what the panel shows, above what covers the canvas.
import { byId } from "app/lib/dom.js"
import { isSmallScreen } from "app/lib/small_screen.js"
import { store } from "app/lib/storage.js"

/** @typedef {import("./renderer.js").Renderer} Renderer */

const LOW = 400 // pixels of height

/**
 * The toolbar, and on a phone the sheet of the panel, cover the foot of the canvas: what the panel shows stays in view
 * above them.
 * @param {Renderer} renderer
 */
export function keepInView(renderer) {
  const { context, viewport } = renderer
  const panel = byId("board-panel")
  const { bottom } = viewport.screen.getBoundingClientRect()
  const covers = [byId("board-toolbar"), ...(isSmallScreen() && !panel.hidden ? [panel] : [])]
  viewport.inset = Math.max(0, ...covers.map((each) => bottom - each.getBoundingClientRect().top))
  const box = panel.hidden ? null : renderer.box(context.opened)
  if (box) viewport.reveal(box)
}

/**
 * Fits the board into view once; from then on the person decides what is in view.
 * @param {Renderer} renderer
 * @param {() => void} fit
 */
export function fitOnce(renderer, fit) {
  let fitted = false
  return () => {
    if (fitted) return
    renderer.element(null) // draws now, so that everything has its place
    if (!renderer.layout.whole()) return
    fitted = true
    const asked = location.hash.match(/^#(?:card|section)-(.+)$/)?.[1]
    keepInView(renderer)
    fit()
    const box = asked ? renderer.box(asked) : null
    if (box) renderer.viewport.fit(box)
    if (box) renderer.context.select(asked ?? null)
  }
}

/** Where the window is too low for a canvas, as on a laptop at 400 %, the outline serves, unless the canvas was asked for. */
export function leaveIfTooLow() {
  if (innerHeight >= LOW || new URLSearchParams(location.search).has("view") || !navigator.onLine) return
  location.replace(byId("outline-link").getAttribute("href") ?? "")
}

export function phoneHint() {
  const hint = byId("phone-hint")
  const small = isSmallScreen() || innerHeight < LOW
  if (!small || localStorage.getItem("throughline canvas on phone")) return
  hint.hidden = false
  hint.querySelector("button")?.addEventListener("click", () => {
    store(localStorage, "throughline canvas on phone", "yes")
    hint.remove()
  })
}
