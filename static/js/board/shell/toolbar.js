// The toolbar: one click for everything that begins on the canvas.

import { sectionBox } from "app/board/canvas/geometry.js"
import { freeNear } from "app/board/canvas/new_places.js"
import { CARD, SECTION } from "app/board/schema.js"
import { byId } from "app/lib/dom.js"
import { roveFocus } from "app/lib/roving_focus.js"

/** @typedef {import("app/board/context.js").BoardContext} BoardContext */

const TITLE = 40 // pixels that a section's title takes

/**
 * @param {BoardContext} context
 * @param {import("app/board/canvas/renderer.js").Renderer} renderer
 * @param {import("app/board/commands.js").Commands} commands
 * @param {import("app/board/canvas/inline_editor.js").InlineEditor} editor
 * @param {{ help: () => void, removed: () => void, several: () => void, fit: () => void, sections: () => void }} open
 */
export function toolbar(context, renderer, commands, editor, open) {
  const { viewport } = renderer
  const bar = byId("board-toolbar")
  /** @type {Record<string, () => void>} */
  const does = {
    link: startLink,
    section: addSection,
    draft: () => setDrafting(!context.drafting),
    undo: () => commands.undo(),
    redo: () => commands.redo(),
    actual: () => viewport.zoomTo(1),
    closer: () => viewport.zoomIn(),
    farther: () => viewport.zoomOut(),
    ...open,
  }

  for (const each of [bar, byId("zoom")]) {
    each.addEventListener("click", (event) => {
      const button = /** @type {Element} */ (event.target).closest("button")
      if (button?.dataset.kind) addAny(button.dataset.kind)
      else if (button?.dataset.tool) does[button.dataset.tool]()
    })
    roveFocus(each)
  }
  context.on("linking", show)
  context.on("several", show)
  context.sync.on("state", show)
  show()
  return { addAny, addSection, startLink }

  /** Opens a new card in the middle of the view, or in the selected section, ready to be written. @param {string} kind */
  function addAny(kind) {
    context.lastKind = kind
    const chosen = context.selectedItem
    const wished = chosen?.item === "section" ? chosen.id : (chosen?.fields.section ?? null)
    const { x, y } = viewport.centre()
    const under = renderer.layout.sectionAt({ x, y })
    const section = wished ?? under?.id ?? null
    const place = section
      ? commands.freePlace(section)
      : freeNear(renderer.layout, { x: x - CARD.w / 2, y: y - CARD.h / 2 })
    editor.add({ kind, section, ...place })
  }

  function addSection() {
    const { x, y } = viewport.centre()
    const middle = { x: x - SECTION.w / 2, y: y - SECTION.h / 2 }
    const id = commands.addSection(freeNear(renderer.layout, middle, { w: SECTION.w, h: SECTION.h + TITLE }))
    if (!id) return
    context.select(id)
    viewport.reveal({ ...sectionBox(/** @type {any} */ (context.get(id))) })
    context.emit("focus", "new title")
  }

  function startLink() {
    const card = context.selectedItem?.item === "card" ? context.selected : ""
    context.linkFrom(context.linking === null ? card : null)
    if (context.linking !== null)
      context.announcer.speak(card ? "Choose the card it leads to" : "Choose the card the link starts from")
  }

  /** @param {boolean} drafting */
  function setDrafting(drafting) {
    context.drafting = drafting
    context.announcer.say(
      drafting
        ? "New cards are drafts: only you see them until you publish them"
        : "New cards are seen by everyone as you write",
    )
    show()
  }

  function show() {
    const { gestures } = context.outbox
    byId("reads-only").hidden = context.may("add_card")
    for (const button of bar.querySelectorAll("button")) {
      const { tool, act } = button.dataset
      if (tool === "undo") button.disabled = !gestures.canUndo
      if (tool === "redo") button.disabled = !gestures.canRedo
      if (act) button.hidden = !context.may(act)
      if (tool === "link") button.setAttribute("aria-pressed", String(context.linking !== null))
      if (tool === "several") button.setAttribute("aria-pressed", String(context.several))
      if (tool === "draft") button.setAttribute("aria-pressed", String(context.drafting))
    }
  }
}
