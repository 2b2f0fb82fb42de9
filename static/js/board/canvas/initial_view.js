// What is in view: at first the whole board; on a phone what is selected, above the panel.
import { byId } from "app/lib/dom.js"

/** @typedef {import("./renderer.js").Renderer} Renderer */

const PHONE = "(max-width: 43.75rem)"
const LOW = 400 // pixels of height

/** On a phone the panel covers the lower half: what is selected stays in view above it. @param {Renderer} renderer */
export function revealAbovePanel(renderer) {
  const { context, viewport } = renderer
  const panel = byId("side")
  const over = context.selected !== null && matchMedia(PHONE).matches
  viewport.inset = over ? panel.offsetHeight : 0
  const chosen = over && renderer.box(context.selected)
  if (chosen) viewport.reveal(chosen)
}

/** Fits the whole board into view once; from then on the person decides what is in view. @param {Renderer} renderer */
export function fitOnce(renderer) {
  let fitted = false
  return () => {
    if (fitted) return
    renderer.element(null) // draws now, so that everything has its place
    const whole = renderer.layout.whole()
    if (!whole) return
    fitted = true
    const asked = location.hash.match(/^#(?:card|section)-(.+)$/)?.[1]
    renderer.viewport.fit(whole)
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
  const small = matchMedia(PHONE).matches || innerHeight < LOW
  if (!small || localStorage.getItem("throughline canvas on phone")) return
  hint.hidden = false
  hint.querySelector("button")?.addEventListener("click", () => {
    localStorage.setItem("throughline canvas on phone", "yes")
    hint.remove()
  })
}
