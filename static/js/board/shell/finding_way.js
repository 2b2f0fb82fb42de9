// Finding one's way on the canvas: fit, a list of sections to jump to, the zoom in percent, the way back to content.

import { bulkOf } from "app/board/canvas/bulk.js"
import { focusOn } from "app/board/canvas/focus_on.js"
import { inView, overlap } from "app/board/canvas/geometry.js"
import { byId, h, setText } from "app/lib/dom.js"
import { plural } from "app/lib/words.js"
import { dialog } from "./dialog.js"

/** @typedef {import("app/board/canvas/geometry.js").Box} Box */

const STILL = 250 // ms after which the view counts as still

/**
 * @param {import("app/board/context.js").BoardContext} context
 * @param {import("app/board/canvas/renderer.js").Renderer} renderer
 */
export function findingWay(context, renderer) {
  const { viewport } = renderer
  const back = byId("back-to-content")
  /** @type {any} */
  let timer = null
  back.addEventListener("click", () => {
    fit()
    viewport.screen.focus({ preventScroll: true })
  })
  context.on("drawn", () => {
    showZoom(`${Math.round(viewport.k * 100)} %`)
    clearTimeout(timer)
    timer = setTimeout(lookAround, STILL)
  })
  return { fit, sections }

  /** Its name has what it shows, for whoever tells the computer what to press by voice. @param {string} percent */
  function showZoom(percent) {
    const button = byId("zoom-percent")
    if (button.textContent === percent) return
    setText(button.firstChild ?? button, percent) // the same text node: a new one would have more laid out anew
    button.setAttribute("aria-label", `${percent}. Zoom to 100 %`)
  }

  function fit() {
    viewport.fit(bulkOf(boxes()))
  }

  /** @returns {Box[]} */
  function boxes() {
    const { sections: all } = context.items
    return [...all, ...context.items.inOrder()].flatMap(({ id }) => renderer.box(id) ?? [])
  }

  function lookAround() {
    const view = inView(viewport, viewport.width, viewport.height)
    const all = boxes()
    back.hidden = !all.length || all.some((box) => overlap(box, view))
  }

  /** The list of sections: choosing one shows it, and the focus is on its title. */
  function sections() {
    const rows = context.items.sections.map(({ id, fields }) => {
      const count = h("small", { text: plural(context.items.cards(id).length, "card") })
      const title = h("span", { dir: "auto", text: fields.title })
      return h("li", {}, h("button", { type: "button", onclick: () => go(id) }, title, count))
    })
    const list = rows.length
      ? h("ul", { class: "section-list" }, ...rows)
      : h("p", { text: "This board has no sections yet." })
    const open = dialog("Go to a section", list)

    /** @param {string} id */
    function go(id) {
      open.addEventListener("close", () => focusOn(renderer, id))
      viewport.fit(renderer.box(id))
      open.close()
    }
  }
}
