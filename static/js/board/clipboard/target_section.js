// Which section cards go to that come without a place: that of what is selected, the one used last, the one in view.

import { inView, overlap } from "app/board/canvas/geometry.js"

export class TargetSection {
  /** @type {string | null} */
  #last = null

  /**
   * @param {import("app/board/context.js").BoardContext} context
   * @param {import("app/board/canvas/renderer.js").Renderer} renderer
   */
  constructor(context, renderer) {
    this.context = context
    this.renderer = renderer
    context.on("selected", () => {
      this.#last = this.#selected()?.id ?? this.#last
    })
  }

  /** @returns {string | null} null: outside the sections */
  now() {
    const { viewport } = this.renderer
    const view = inView(viewport, viewport.width, viewport.height)
    const seen = this.context.items.sections.filter(({ id }) => shared(this.renderer.box(id), view) > 0)
    const last = seen.find(({ id }) => id === this.#last)
    const widest = seen.toSorted((a, b) => this.#shown(b.id, view) - this.#shown(a.id, view))[0]
    return (this.#selected() ?? last ?? widest)?.id ?? null
  }

  #selected() {
    const item = this.context.selectedItem ?? this.context.selectedCards[0]
    if (!item) return undefined
    return item.item === "section" ? item : this.context.items.sectionOf(item)
  }

  /** @param {string} id @param {import("app/board/canvas/geometry.js").Box} view */
  #shown(id, view) {
    return shared(this.renderer.box(id), view)
  }
}

/** How much of a box is in view, in square pixels of the board. @param {import("app/board/canvas/geometry.js").Box | null} box @param {import("app/board/canvas/geometry.js").Box} view */
function shared(box, view) {
  if (!box || !overlap(box, view)) return 0
  const w = Math.min(box.x + box.w, view.x + view.w) - Math.max(box.x, view.x)
  return w * (Math.min(box.y + box.h, view.y + view.h) - Math.max(box.y, view.y))
}
