// The panel of a section: title, prompt, example, how its cards lie, position, size.

import { sectionBox, within } from "app/board/canvas/geometry.js"
import { SECTION_BOUNDS } from "app/board/schema.js"
import { isGrid } from "app/board/sync/arrangement.js"
import { h, setText } from "app/lib/dom.js"
import { button, textField } from "./controls.js"
import { Menu } from "./menu.js"

/** @typedef {import("app/board/schema.js").Item} Item */
/** @typedef {import("./panel.js").Tools} Tools */

const STEP = 80
const LAYOUTS = /** @type {[string, string][]} */ ([
  ["grid", "In rows, in the order of the outline"],
  ["free", "Freely, as on a map"],
])
const ENDS = /** @type {const} */ ([
  ["axis_left", "Left end"],
  ["axis_right", "Right end"],
  ["axis_top", "Top end"],
  ["axis_bottom", "Bottom end"],
])

/**
 * @param {Tools} tools
 * @param {Item} section
 * @returns {import("./panel.js").Panel}
 */
export function sectionPanel(tools, section) {
  const { context, commands } = tools
  const now = () => context.get(section.id) ?? section
  const title = textField(tools, section, "title", "Title", { look: "title" })
  const prompt = textField(tools, section, "prompt", "What is asked here", { blank: true })
  const example = textField(tools, section, "example", "An example", { blank: true })
  const layout = new Menu("How its cards lie", (value) => setLayout(value))
  const labels = ENDS.map(([field, label]) =>
    textField(tools, section, field, label, { blank: true, look: "title" }),
  )
  const map = h("div", {}, h("h3", { text: "Labels of the map" }), ...labels.map((each) => each.element))
  const fields = [title, prompt, example, ...labels]
  const turn = new Menu("Position in the outline", (value) => move(value))
  const remove = button("Remove", () => commands.remove(now()), "danger")
  const lock = button("", () => commands.setLocked(now(), !now().fields.locked))
  const setUpPage = `/boards/${context.about.id}/set-up`
  const setUp = h(
    "p",
    { class: "set-up-link" },
    h("a", { href: setUpPage, text: "Who can change the sections" }),
  )
  const sizes = [
    button("Wider", () => resize(STEP, 0)),
    button("Narrower", () => resize(-STEP, 0)),
    button("Taller", () => resize(0, STEP)),
    button("Shorter", () => resize(0, -STEP)),
  ]
  const element = h(
    "div",
    {},
    h("h2", { class: "about", text: "Section" }),
    title.element,
    prompt.element,
    example.element,
    layout.element,
    map,
    turn.element,
    h("h3", { text: "Size" }),
    h("div", { class: "acts" }, ...sizes),
    h(
      "div",
      { class: "acts" },
      button("Show on canvas", () => tools.go(section.id)),
      lock,
      remove,
    ),
    ...(context.may("lock_section") ? [setUp] : []),
  )
  return { element, refresh, focus, leave }

  /** The title of a new section is selected, so that typing replaces it. @param {string} part */
  function focus(part) {
    title.input.focus()
    if (part === "new title") title.input.select()
  }

  function refresh() {
    for (const field of fields) field.refresh()
    layout.show(LAYOUTS, isGrid(now()) ? "grid" : "free")
    map.hidden = isGrid(now())
    const all = context.items.sections
    const at = all.findIndex((each) => each.id === section.id)
    const others = all.filter((each) => each.id !== section.id)
    const after = others.map(
      (each) => /** @type {[string, string]} */ ([each.id, `After: ${context.label(each)}`]),
    )
    turn.show([["", `${at + 1} of ${all.length}`], ["first", "First"], ...after], "")
    setText(lock, now().fields.locked ? "Unlock this section" : "Lock this section")
    lock.hidden = !context.may("lock_section")
    const locked = !context.mayChangeSection(now())
    for (const control of [layout.select, turn.select, remove, ...sizes]) control.disabled = locked
  }

  /** @param {string} value */
  function move(value) {
    turn.select.value = ""
    if (value)
      commands.moveSection(
        now(),
        { after: value === "first" ? null : value },
        "Moved a section in the outline",
      )
  }

  /** @param {string} value */
  function setLayout(value) {
    const say = value === "grid" ? "Its cards lie in rows now" : "Its cards lie freely now"
    commands.do({ do: "edit_section", id: section.id, layout: value === "grid" ? "grid" : "free" }, say)
  }

  /** @param {number} dw @param {number} dh */
  function resize(dw, dh) {
    const { w, h: height } = sectionBox(now())
    const to = { w: within(w + dw, SECTION_BOUNDS.w), h: within(height + dh, SECTION_BOUNDS.h) }
    commands.moveSection(now(), to, "Changed the size of a section")
  }

  function leave() {
    for (const field of fields) field.leave()
  }
}
