// What a click, a double click or a tap on the canvas means: select, write, add, choose the end of a link.

/** @typedef {import("app/board/context.js").BoardContext} BoardContext */
/** @typedef {import("./renderer.js").Renderer} Renderer */
/** @typedef {import("./inline_editor.js").InlineEditor} InlineEditor */
/** @typedef {import("app/board/commands.js").Commands} Commands */

/**
 * @param {BoardContext} context
 * @param {Renderer} renderer
 * @param {InlineEditor} editor
 * @param {Commands} commands
 */
export function enablePointing(context, renderer, editor, commands) {
  const { screen } = renderer.viewport

  screen.addEventListener("click", (event) => {
    if (isInEditor(event)) return
    const id = idUnder(event) ?? paintedCardAt(event)
    if (context.linking !== null) return chooseLinkEnd(id)
    if (context.several || event.shiftKey) return addOrTake(id)
    context.select(id)
    if (isMore(event)) return context.emit("focus", "")
    if (!id) screen.focus({ preventScroll: true })
  })

  screen.addEventListener("dblclick", (event) => {
    if (isInEditor(event) || context.several) return
    const id = idUnder(event)
    const item = context.get(id)
    if (item?.item === "card") return editor.edit(item.id)
    if (!item || item.item === "section") addAt(renderer.viewport.point(event))
  })

  let pointed = false // a button is down: its click decides what is selected
  document.addEventListener("pointerdown", () => setPointed(true), true)
  for (const end of ["pointerup", "pointercancel"]) {
    document.addEventListener(end, () => setPointed(false), true)
  }

  // A card that is reached by the tab key is selected and brought into view; on the canvas itself nothing is selected.
  screen.addEventListener("focusin", (event) => {
    if (context.isSeveral) return // the focus goes from card to card, and Shift and the space bar choose
    if (event.target === screen && !pointed && context.linking === null) context.select(null)
    const holder = /** @type {Element} */ (event.target).closest("[data-id]")
    if (!(holder instanceof HTMLElement) || context.linking !== null || renderer.keepsFocus) return
    if (!(/** @type {Element} */ (event.target).matches(":focus-visible"))) return
    context.select(holder.dataset.id ?? null)
    const box = renderer.box(holder.dataset.id ?? null)
    if (box) renderer.viewport.reveal(box)
    screen.scrollTo(0, 0)
  })

  screen.addEventListener("pointermove", (event) => {
    if (context.linking) renderer.links.stretch(renderer.box(context.linking), renderer.viewport.point(event))
  })

  context.on("linking", (from) => {
    screen.dataset.tool = from === null ? "select" : "link"
    if (!from) renderer.links.stretch(null, null)
  })

  /** A press that misses the cards keeps those that are selected. @param {string | null} id */
  function addOrTake(id) {
    const item = context.get(id)
    if (item?.item === "card") return context.toggle(item.id)
    if (item && !context.several) context.select(item.id)
    return undefined
  }

  /** @param {boolean} down */
  function setPointed(down) {
    pointed = down
  }

  /** The card that is painted as a box there. @param {MouseEvent} event @returns {string | null} */
  function paintedCardAt(event) {
    return renderer.isPainted ? (renderer.layout.cardAt(renderer.viewport.point(event))?.id ?? null) : null
  }

  /** The first click chooses where a link starts, the second where it ends. @param {string | null} id */
  function chooseLinkEnd(id) {
    const card = context.get(id)
    if (card?.item !== "card") return context.linkFrom(null)
    if (!context.linking) return context.linkFrom(card.id)
    const start = context.linking
    context.linkFrom(null)
    const link = start === card.id ? null : commands.addLink(start, card.id, context.meanings[0].tag)
    if (link) context.select(link)
  }

  /** @param {{ x: number, y: number }} at */
  function addAt({ x, y }) {
    const section = renderer.layout.sectionAt({ x, y })
    const { x: left, y: top } = renderer.layout.corner(section?.id ?? null)
    editor.add({ kind: context.lastKind, section: section?.id ?? null, x: x - left, y: y - top })
  }
}

/** @param {Event} event */
function isInEditor(event) {
  return Boolean(/** @type {Element} */ (event.target).closest(".writer"))
}

/** On the "more" of a card whose words are cut. @param {Event} event */
function isMore(event) {
  return Boolean(/** @type {Element} */ (event.target).closest(".card-more"))
}

/** @param {Event} event @returns {string | null} */
function idUnder(event) {
  const holder = /** @type {Element} */ (event.target).closest("[data-id]")
  const box = /** @type {Element} */ (event.target).closest(".frame-box")
  if (box) return null // the empty space inside a section counts as the canvas
  return /** @type {any} */ (holder)?.dataset.id ?? null
}
