// Find on the canvas: the box in the head, what it lists, and which cards stand out while somebody looks.

import { byId, h } from "app/lib/dom.js"
import { pieces, query } from "app/lib/folding.js"
import { plural } from "app/lib/words.js"
import { Finder } from "./results.js"

/** @typedef {import("app/board/schema.js").Item} Item */
/** @typedef {import("./results.js").Group} Group */

const MOST = 100 // cards in the list
const REST = 120 // ms without a key before the board is looked through

const LEGIBLE = 0.7 // the scale below which a jump comes closer too

/**
 * @param {import("app/board/context.js").BoardContext} context
 * @param {import("app/board/canvas/renderer.js").Renderer} renderer
 * @param {(id: string) => void} go selects a card and brings it into view
 */
export function findOnBoard(context, renderer, go) {
  const { viewport } = renderer
  const box = /** @type {HTMLInputElement} */ (byId("find-words"))
  const list = byId("find-list")
  const count = byId("find-count")
  const panel = byId("find-panel")
  const finder = new Finder(context)
  /** @type {string[][]} */
  let asked = []
  /** @type {Set<string>} */
  let found = new Set()
  /** What Escape goes back to. @type {{ x: number, y: number, k: number, focus: Element | null } | null} */
  let before = null
  let at = -1
  let timer = 0

  box.addEventListener("focus", () => {
    before ??= { x: viewport.x, y: viewport.y, k: viewport.k, focus: null }
    window.requestIdleCallback?.(prepare) // Safari has none: there the first search takes as long as it takes
    show()
  })
  box.addEventListener("input", () => {
    clearTimeout(timer)
    timer = window.setTimeout(look, REST)
  })
  box.addEventListener("keydown", onKey)
  box.addEventListener("blur", (event) => {
    if (!panel.contains(/** @type {Node | null} */ (event.relatedTarget))) panel.hidden = true
  })
  panel.addEventListener("pointerdown", (event) => event.preventDefault()) // the box keeps the focus
  panel.addEventListener("click", (event) => {
    const option = /** @type {Element} */ (event.target).closest("[role=option]")
    if (option instanceof HTMLElement) jump(option.dataset.id ?? "")
  })
  document.addEventListener("keydown", (event) => {
    const elsewhere = event.target !== box && !(event.target instanceof HTMLInputElement)
    if (event.key === "Escape" && asked.length && elsewhere && context.selected === null) clear()
  })
  context.on("redrawn", mark)
  context.on("placed", () => asked.length && refresh())
  context.people.on("changed", () => asked.length && refresh())

  return { open }

  function open() {
    before = { x: viewport.x, y: viewport.y, k: viewport.k, focus: document.activeElement }
    box.focus({ preventScroll: true })
    box.select()
  }

  /** Between the keys. @param {IdleDeadline} deadline */
  function prepare(deadline) {
    if (!finder.prepare(() => deadline.timeRemaining() > 0)) requestIdleCallback(prepare)
  }

  function look() {
    asked = query(box.value)
    at = -1
    refresh()
    renderer.redraw() // for what is drawn though it is far
  }

  function refresh() {
    const groups = finder.find(asked)
    found = new Set(groups.flatMap((group) => group.cards.map((card) => card.id)))
    context.found = found.size <= MOST ? found : new Set()
    draw(groups)
    mark()
    show()
  }

  /** @param {Group[]} groups */
  function draw(groups) {
    let room = MOST
    count.textContent = said()
    list.replaceChildren(
      ...groups.flatMap((group) => {
        const cards = group.cards.slice(0, room)
        room -= cards.length
        return cards.length ? [drawGroup(group, cards)] : []
      }),
    )
    point(Math.min(at, options().length - 1))
  }

  function said() {
    if (!found.size) return "Nothing found on this board. Try fewer or other words."
    const more = found.size > MOST ? `, the first ${MOST} are listed` : ""
    return `${plural(found.size, "card")} found${more}`
  }

  /** @param {Group} group @param {Item[]} cards */
  function drawGroup(group, cards) {
    const id = `find-group-${cards[0].id}`
    const title = h("p", { class: "find-section", id, dir: "auto" }, ...marked(group.title))
    title.append(" ", h("span", { class: "number", text: String(group.cards.length) }))
    return h("div", { role: "group", "aria-labelledby": id }, title, ...cards.map(drawOption))
  }

  /** @param {Item} card */
  function drawOption(card) {
    const { kind = "", text = "", by } = card.fields
    const who = context.people.organisation(by) || context.people.name(by)
    return h(
      "div",
      {
        role: "option",
        id: `find-${card.id}`,
        class: `find-card kind-${kind}`,
        "aria-selected": "false",
        data: { id: card.id },
      },
      h("p", { dir: "auto" }, ...marked(text)),
      h("small", { dir: "auto", text: `${context.kindWord(kind)} · ${who}` }),
    )
  }

  /** @param {string} text */
  function marked(text) {
    return pieces(asked, text).map((piece) => (piece.found ? h("mark", { text: piece.text }) : piece.text))
  }

  function options() {
    return /** @type {HTMLElement[]} */ ([...list.querySelectorAll("[role=option]")])
  }

  /** Makes an option the one that Enter takes. @param {number} to */
  function point(to) {
    at = to
    const all = options()
    for (const [i, option] of all.entries()) option.setAttribute("aria-selected", String(i === to))
    if (all[to]) box.setAttribute("aria-activedescendant", all[to].id)
    else box.removeAttribute("aria-activedescendant")
    all[to]?.scrollIntoView({ block: "nearest" })
  }

  /** @param {KeyboardEvent} event */
  function onKey(event) {
    if (event.isComposing) return
    const all = options()
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    if (event.key === "Escape") back()
    else if (step && all.length) point((at + step + all.length + (at < 0 && step < 0 ? 1 : 0)) % all.length)
    else if (event.key === "Enter") enter()
    else return
    event.preventDefault()
    event.stopPropagation()
  }

  function enter() {
    clearTimeout(timer)
    if (query(box.value).join() !== asked.join()) look()
    const option = options()[Math.max(at, 0)]
    if (option) jump(option.dataset.id ?? "")
  }

  /** @param {string} id */
  function jump(id) {
    before = null
    go(id)
    const place = viewport.k < LEGIBLE && renderer.box(id)
    if (place) viewport.fit(place)
    panel.hidden = true
  }

  /** Leaves the box, as it was before somebody looked. */
  function back() {
    const to = before
    clear()
    if (to) viewport.set(to)
    const focus = to?.focus instanceof HTMLElement && to.focus.isConnected ? to.focus : viewport.screen
    focus.focus({ preventScroll: true })
  }

  function clear() {
    clearTimeout(timer)
    box.value = ""
    asked = []
    found = context.found = new Set()
    before = null
    at = -1
    list.replaceChildren()
    count.textContent = ""
    show()
    renderer.redraw()
  }

  function show() {
    panel.hidden = !asked.length || document.activeElement !== box
    box.setAttribute("aria-expanded", String(!panel.hidden && found.size > 0))
  }

  /** What was found stands out, all else is dimmed. */
  function mark() {
    viewport.screen.classList.toggle("finding", asked.length > 0)
    for (const [id, element] of renderer.cards.elements) element.toggleAttribute("data-found", found.has(id))
  }
}
