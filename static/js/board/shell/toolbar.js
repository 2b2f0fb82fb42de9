// The rail of tools: one click each, for everything that begins on the canvas.

import { holds, sectionBox } from "app/board/canvas/geometry.js"
import { CARD, SECTION } from "app/board/schema.js"
import { byId } from "app/lib/dom.js"

/** @typedef {import("app/board/context.js").Desk} Desk */

const TITLE = 40 // pixels that a section's title takes

/**
 * @param {Desk} desk
 * @param {import("app/board/canvas/renderer.js").Stage} stage
 * @param {import("app/board/commands.js").Acts} acts
 * @param {import("app/board/canvas/inline_editor.js").Writer} writer
 * @param {{ help: () => void, removed: () => void }} open
 */
export function rail(desk, stage, acts, writer, open) {
  const { lens } = stage
  const bar = byId("rail")
  /** @type {Record<string, () => void>} */
  const does = {
    select: () => desk.linkFrom(null),
    link: startLink,
    section: addSection,
    draft: () => setDrafting(!desk.drafting),
    undo: () => acts.undo(),
    redo: () => acts.redo(),
    fit: () => lens.fit(stage.places.whole()),
    closer: () => lens.closer(),
    farther: () => lens.farther(),
    ...open,
  }

  for (const each of [bar, byId("zoom")]) {
    each.addEventListener("click", (event) => {
      const button = /** @type {Element} */ (event.target).closest("button")
      if (button?.dataset.kind) addAny(button.dataset.kind)
      else if (button?.dataset.tool) does[button.dataset.tool]()
    })
    each.addEventListener("keydown", (event) => walk(each, event))
  }
  desk.on("linking", show)
  desk.sync.on("state", show)
  show()
  return { addAny, addSection, startLink }

  /** A new card in the middle of what is seen, or in the selected section, ready to be written. @param {string} kind */
  function addAny(kind) {
    desk.lastKind = kind
    const chosen = desk.current
    const wished = chosen?.item === "section" ? chosen.id : (chosen?.fields.section ?? null)
    const { x, y } = lens.centre()
    const under = desk.items.sections.findLast((section) => holds(sectionBox(section), x, y))
    const section = wished ?? under?.id ?? null
    const place = section
      ? acts.freePlace(section)
      : stage.places.freeNear({ x: x - CARD.w / 2, y: y - CARD.h / 2 })
    writer.add({ kind, section, ...place })
  }

  function addSection() {
    const { x, y } = lens.centre()
    const middle = { x: x - SECTION.w / 2, y: y - SECTION.h / 2 }
    const id = acts.addSection(stage.places.freeNear(middle, { w: SECTION.w, h: SECTION.h + TITLE }))
    if (!id) return
    desk.select(id)
    lens.reveal({ ...sectionBox(/** @type {any} */ (desk.get(id))) })
    desk.tell("wants", "title")
  }

  function startLink() {
    const card = desk.current?.item === "card" ? desk.selected : ""
    desk.linkFrom(desk.linking === null ? card : null)
    if (desk.linking !== null)
      desk.notes.speak(card ? "Choose the card it leads to" : "Choose the card the link starts from")
  }

  /** @param {boolean} drafting */
  function setDrafting(drafting) {
    desk.drafting = drafting
    desk.notes.say(
      drafting
        ? "New cards are drafts: only you see them until you publish them"
        : "New cards are seen by everyone as you write",
    )
    show()
  }

  function show() {
    const { gestures } = desk.outbox
    for (const button of bar.querySelectorAll("button")) {
      const { tool, act } = button.dataset
      if (tool === "undo") button.disabled = !gestures.canUndo
      if (tool === "redo") button.disabled = !gestures.canRedo
      if (act) button.disabled = !desk.may(act)
      if (tool === "select") button.setAttribute("aria-pressed", String(desk.linking === null))
      if (tool === "link") button.setAttribute("aria-pressed", String(desk.linking !== null))
      if (tool === "draft") button.setAttribute("aria-pressed", String(desk.drafting))
    }
  }
}

/** In a toolbar the arrow keys go from tool to tool. @param {HTMLElement} bar @param {KeyboardEvent} event */
function walk(bar, event) {
  const by = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 }[event.key]
  if (!by) return
  event.preventDefault()
  const buttons = [...bar.querySelectorAll("button:not(:disabled)")]
  const at = buttons.indexOf(/** @type {Element} */ (document.activeElement))
  const next = buttons[(at + by + buttons.length) % buttons.length]
  if (next instanceof HTMLElement) next.focus()
}
