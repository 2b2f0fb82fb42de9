// Cards that are seen from afar are painted, which no screen reader sees: for it they are a list in each section.
import { h } from "app/lib/dom.js"

const PAUSE = 300 // ms; not while one still zooms or others still write

/**
 * @param {import("app/board/context.js").BoardContext} context
 * @param {import("./renderer.js").Renderer} renderer
 */
export function listFarCards(context, renderer) {
  /** @type {any} */
  let timer
  let stale = true
  let listed = false
  context.on("placed", () => {
    stale = true
  })
  context.on("redrawn", () => {
    if (renderer.isPainted === listed && !(listed && stale)) return
    clearTimeout(timer)
    timer = setTimeout(update, PAUSE)
  })

  function update() {
    listed = renderer.isPainted
    stale = false
    for (const { id } of context.items.sections) list(renderer.frames.get(id), listed ? id : undefined)
    list(renderer.loose, listed ? null : undefined)
  }

  /** @param {HTMLElement | undefined} frame @param {string | null | undefined} section undefined for no list */
  function list(frame, section) {
    frame?.querySelector(".far-list")?.remove()
    const cards =
      section === undefined ? [] : context.items.cards(section).filter((card) => !renderer.cards.isHeld(card))
    if (!cards.length) return
    const rows = cards.map(({ fields }) =>
      h("li", { dir: "auto", text: `${context.kindWord(fields.kind)}: ${fields.text}` }),
    )
    frame?.append(h("ul", { class: "far-list unseen" }, ...rows))
  }
}
