// What the bar holds with several cards selected: how many they are, and what is done to all of them at once.

import { button } from "app/board/panel/controls.js"
import { Menu } from "app/board/panel/menu.js"
import { mayKeep } from "app/board/panel/record.js"
import { dialog } from "app/board/shell/dialog.js"
import { h, setText } from "app/lib/dom.js"
import { plural } from "app/lib/words.js"

/** @typedef {[string, string]} Choice */
/** @typedef {{ all: () => void, mine: () => void, start: () => void, end: () => void }} Several */

const OUTSIDE = "outside"

/**
 * @param {import("app/board/context.js").BoardContext} context
 * @param {import("app/board/selection_commands.js").SelectionCommands} selection
 * @param {{ several: Several, copy: () => void, duplicate: () => void, remove: () => void }} ways
 */
export function severalBar(context, selection, { several, copy, duplicate, remove }) {
  const count = h("span", { class: "selected-count" })
  const may = context.may("move_card")
  const section = new Menu("Move to section", (value) => moveTo(value))
  const kind = new Menu("Kind of all", (value) => value && selection.setKind(context.selection, value))
  const acts = [button("Duplicate", duplicate, "wide-only"), button("Remove", remove, "wide-only")]
  const copying = button("Copy", copy, "wide-only")
  const more = button("⋯", openMore)
  more.setAttribute("aria-label", "More")
  const changes = may ? [section.element, kind.element, ...acts] : []
  return { controls: [count, ...changes, copying, more, button("Done", several.end)], refresh }

  function refresh() {
    const cards = context.selectedCards
    setText(count, `${cards.length} selected`)
    section.show([["", "Move to…"], ...sections(), [OUTSIDE, "Outside the sections"]], "")
    kind.show(
      [["", "Kind…"], ...context.kinds.map((each) => /** @type {Choice} */ ([each.tag, each.word]))],
      "",
    )
    for (const control of [section.select, kind.select, ...acts, copying]) control.disabled = !cards.length
  }

  /** @returns {Choice[]} */
  function sections() {
    return context.items.sections.map(({ id, fields }) => [id, fields.title])
  }

  /** @param {string} value */
  function moveTo(value) {
    if (value) selection.moveTo(context.selection, value === OUTSIDE ? null : value)
  }

  function keep() {
    const { space, id } = context.about
    const asked = new URLSearchParams({ board: id, cards: [...context.selection].join(",") })
    location.assign(`/spaces/${space}/records/keep/several?${asked}`)
  }

  function openMore() {
    /** @type {[string, () => void][]} */
    const choices = [
      ["Select all in this section", several.all],
      ["Select all of my cards", several.mine],
    ]
    if (!context.several) choices.push(["Select more, one by one or in a box", several.start])
    const changing = /** @type {typeof choices} */ (
      may
        ? [
            ["Duplicate", duplicate],
            ["Remove", remove],
          ]
        : []
    )
    if (context.selection.size) choices.push(["Copy", copy], ...changing)
    if (context.selection.size && mayKeep(context)) choices.push(["Keep them as records…", keep])
    const list = choices.map(([words, act]) =>
      h(
        "li",
        {},
        button(words, () => choose(act)),
      ),
    )
    const title = `${plural(context.selection.size, "card")} selected`
    const open = dialog(title, h("ul", { class: "section-list" }, ...list))

    /** @param {() => void} act */
    function choose(act) {
      open.close()
      act()
    }
  }
}
