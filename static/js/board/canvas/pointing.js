// What a click, a double click or a tap on the canvas means: select, write, add, choose the end of a link.
import { holds, sectionBox } from "./geometry.js"

/** @typedef {import("app/board/context.js").Desk} Desk */
/** @typedef {import("./renderer.js").Stage} Stage */
/** @typedef {import("./inline_editor.js").Writer} Writer */
/** @typedef {import("app/board/commands.js").Acts} Acts */

/**
 * @param {Desk} desk
 * @param {Stage} stage
 * @param {Writer} writer
 * @param {Acts} acts
 */
export function pointing(desk, stage, writer, acts) {
  const { screen } = stage.lens

  screen.addEventListener("click", (event) => {
    if (inWriter(event)) return
    const id = idUnder(event) ?? painted(event)
    if (desk.linking !== null) return end(id)
    desk.select(id)
    if (!id) screen.focus({ preventScroll: true })
  })

  screen.addEventListener("dblclick", (event) => {
    if (inWriter(event)) return
    const id = idUnder(event)
    const item = desk.get(id)
    if (item?.item === "card") return writer.edit(item.id)
    if (!item || item.item === "section") addAt(stage.lens.point(event))
  })

  // Reached by the tab key, a card is selected and brought into view.
  screen.addEventListener("focusin", (event) => {
    const holder = /** @type {Element} */ (event.target).closest("[data-id]")
    if (!(holder instanceof HTMLElement) || desk.linking !== null) return
    if (!(/** @type {Element} */ (event.target).matches(":focus-visible"))) return
    desk.select(holder.dataset.id ?? null)
    const box = stage.box(holder.dataset.id ?? null)
    if (box) stage.lens.reveal(box)
    screen.scrollTo(0, 0)
  })

  screen.addEventListener("pointermove", (event) => {
    if (desk.linking) stage.links.stretch(stage.box(desk.linking), stage.lens.point(event))
  })

  desk.on("linking", (from) => {
    screen.dataset.tool = from === null ? "select" : "link"
    if (!from) stage.links.stretch(null, null)
  })

  /** A card that is only painted, seen from afar. @param {MouseEvent} event @returns {string | null} */
  function painted(event) {
    return stage.isFar ? (stage.places.cardAt(stage.lens.point(event))?.id ?? null) : null
  }

  /** The first click chooses where a link starts, the second where it ends. @param {string | null} id */
  function end(id) {
    const card = desk.get(id)
    if (card?.item !== "card") return desk.linkFrom(null)
    if (!desk.linking) return desk.linkFrom(card.id)
    const start = desk.linking
    desk.linkFrom(null)
    const link = start === card.id ? null : acts.addLink(start, card.id, desk.meanings[0].tag)
    if (link) desk.select(link)
  }

  /** @param {{ x: number, y: number }} at */
  function addAt({ x, y }) {
    const section = desk.items.sections.findLast((each) => holds(sectionBox(each), x, y))
    const { x: left = 0, y: top = 0 } = section?.fields ?? {}
    writer.add({ kind: desk.lastKind, section: section?.id ?? null, x: x - left, y: y - top })
  }
}

/** @param {Event} event */
function inWriter(event) {
  return Boolean(/** @type {Element} */ (event.target).closest(".writer"))
}

/** @param {Event} event @returns {string | null} */
function idUnder(event) {
  const holder = /** @type {Element} */ (event.target).closest("[data-id]")
  const box = /** @type {Element} */ (event.target).closest(".frame-box")
  if (box) return null // the paper inside a section is paper
  return /** @type {any} */ (holder)?.dataset.id ?? null
}
