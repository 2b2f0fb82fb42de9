// What of the board is in sight: all of it at first; on a phone, what is selected, above the panel.
import { byId } from "app/lib/dom.js"

/** @typedef {import("./renderer.js").Stage} Stage */

const PHONE = "(max-width: 43.75rem)"

/** On a phone the panel lies over the lower half: what is selected stays in sight above it. @param {Stage} stage */
export function makeRoom(stage) {
  const { desk, lens } = stage
  const panel = byId("side")
  const over = desk.selected !== null && matchMedia(PHONE).matches
  lens.inset = over ? panel.offsetHeight : 0
  const chosen = over && stage.box(desk.selected)
  if (chosen) lens.reveal(chosen)
}

/** The whole board at first sight; from then on the view is the person's own. @param {Stage} stage */
export function fitOnce(stage) {
  let fitted = false
  return () => {
    if (fitted) return
    stage.element(null) // so that all is in its place
    const whole = stage.places.whole()
    if (!whole) return
    fitted = true
    const asked = location.hash.match(/^#(?:card|section)-(.+)$/)?.[1]
    stage.lens.fit(whole)
    const box = asked ? stage.box(asked) : null
    if (box) stage.lens.fit(box)
    if (box) stage.desk.select(asked ?? null)
  }
}

export function phoneHint() {
  const hint = byId("phone-hint")
  if (!matchMedia(PHONE).matches || localStorage.getItem("throughline canvas on phone")) return
  hint.hidden = false
  hint.querySelector("button")?.addEventListener("click", () => {
    localStorage.setItem("throughline canvas on phone", "yes")
    hint.remove()
  })
}
