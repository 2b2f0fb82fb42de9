// Puts the focus on a card or the title of a section, which is drawn now if need be.

/** @param {import("./renderer.js").Renderer} renderer @param {string | null} id */
export function focusOn(renderer, id) {
  const element = renderer.element(id)
  const target = element?.querySelector(".card-face, .frame-pick")
  if (target instanceof HTMLElement) target.focus({ preventScroll: true })
}
