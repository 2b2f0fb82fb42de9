// Shows what a paste would add, before it does: how many cards, of which kinds, and where to.

import { button } from "app/board/panel/controls.js"
import { dialog } from "app/board/shell/dialog.js"
import { h } from "app/lib/dom.js"
import { plural, shorten } from "app/lib/words.js"
import { split } from "./rows.js"

/** @typedef {import("app/board/sync/batches.js").NewCard} NewCard */
/** @typedef {import("app/board/context.js").BoardContext} BoardContext */

const SHOWN = 6
const OUTSIDE = "Outside the sections"

/**
 * @param {BoardContext} context
 * @param {NewCard[]} cards
 * @param {string | null} section where they go that name none
 * @param {(cards: NewCard[], section: string | null) => void} add
 */
export function preview(context, cards, section, add) {
  const { text: most, parts } = context.sync.limits
  const long = cards.filter((card) => card.text.length > most)
  const where = sectionMenu(context, section)
  const splits = h("input", { type: "checkbox", id: "paste-split" })
  const done = button("", finish, "primary")
  const steps = h("p", { class: "hint" })
  const open = dialog(
    "Paste as cards",
    h("p", { class: "paste-sum", text: sums(context, cards) }),
    ...listed(context, cards),
    h("p", { class: "setting" }, h("label", { for: where.id, text: goesTo(cards) }), where),
    ...(long.length ? [splitChoice(splits, long.length, most)] : []),
    steps,
    h("div", { class: "acts" }, done),
  )
  open.classList.add("paste-preview")
  splits.checked = true
  splits.addEventListener("change", show)
  show()
  done.focus()

  /** What is added: long ones in pieces, or not at all. */
  function chosen() {
    return splits.checked ? split(cards, most) : cards.filter((card) => !long.includes(card))
  }

  function show() {
    const count = chosen().length
    done.textContent = `Add ${plural(count, "card")}`
    done.disabled = !count
    steps.hidden = count <= parts
    steps.textContent = `They are sent in ${Math.ceil(count / parts)} steps of up to ${parts} cards. One press of Undo takes all of them back.`
  }

  function finish() {
    open.close()
    add(chosen(), where.value || null)
  }
}

/** @param {BoardContext} context @param {string | null} section */
function sectionMenu(context, section) {
  const options = context.items.sections.map(({ id, fields }) =>
    h("option", { value: id, text: fields.title }),
  )
  const select = h("select", { id: "paste-section" }, ...options, h("option", { value: "", text: OUTSIDE }))
  select.value = section ?? ""
  return select
}

/** @param {NewCard[]} cards */
function goesTo(cards) {
  return cards.some((card) => card.section) ? "Put those that name no section in" : "Put them in"
}

/** @param {HTMLInputElement} box @param {number} count @param {number} most */
function splitChoice(box, count, most) {
  const words = count === 1 ? "1 row is longer than fits" : `${count} rows are longer than fit`
  const label = h("label", {
    for: box.id,
    text: `${words} on a card (${most} characters). Split into several cards`,
  })
  return h("p", { class: "choice" }, box, label, h("small", { text: "Otherwise left out." }))
}

/** '12 cards: 8 notes, 4 problems'. @param {BoardContext} context @param {NewCard[]} cards */
function sums(context, cards) {
  const kinds = context.kinds.flatMap(({ tag, word }) => {
    const count = cards.filter((card) => card.kind === tag).length
    return count ? [plural(count, word.toLowerCase())] : []
  })
  return `${plural(cards.length, "card")}: ${kinds.join(", ")}`
}

/** The first of them, and how many more there are. @param {BoardContext} context @param {NewCard[]} cards */
function listed(context, cards) {
  const rows = cards.slice(0, SHOWN).map(({ kind, text, section }) => {
    const title = section ? context.get(section)?.fields.title : ""
    return h(
      "li",
      { class: `kind-${kind}` },
      h("b", { text: context.kindWord(kind) }),
      h("span", { dir: "auto", text: shorten(text, 90) }),
      title && h("small", { dir: "auto", text: title }),
    )
  })
  const rest = cards.length - SHOWN
  const more = rest > 0 ? [h("p", { class: "hint", text: `and ${plural(rest, "more", "more")}` })] : []
  return [h("ul", { class: "paste-list" }, ...rows), ...more]
}
