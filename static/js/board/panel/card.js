// The panel of a card: its words, kind, place, links, comments, and what can be done with it.

import { recordOf } from "app/board/canvas/draw_live_status.js"
import { CARD, CARD_BOUNDS } from "app/board/schema.js"
import { h, setText } from "app/lib/dom.js"
import { moment } from "app/lib/words.js"
import { button, textField } from "./controls.js"
import { goalLink } from "./goal.js"
import { linkList } from "./links.js"
import { Menu } from "./menu.js"
import { isNotKept, recordLink } from "./record.js"
import { thread } from "./thread.js"

/** @typedef {import("app/board/schema.js").Item} Item */
/** @typedef {import("./panel.js").Tools} Tools */

const WIDTHS = /** @type {[string, string][]} */ ([
  [`${CARD_BOUNDS.w[0]}`, "Narrow"],
  [`${CARD.w}`, "Normal"],
  ["280", "Wide"],
  ["400", "Very wide"],
])

/**
 * @param {Tools} tools
 * @param {Item} card
 * @returns {import("./panel.js").Panel}
 */
export function cardPanel(tools, card) {
  const { context, commands } = tools
  const now = () => context.get(card.id) ?? card
  const about = h("h2", { class: "about" })
  const text = textField(tools, card, "text", "Words", { look: "big" })
  const kind = new Menu("Kind", (value) => commands.setKind(now(), value))
  const section = new Menu("Move to section", (value) => commands.moveTo(now(), value || null))
  const place = new Menu("Position", (value) => move(value))
  const width = new Menu("Width", (value) => commands.resize(now(), Number(value)))
  const goal = goalLink(context)
  const record = recordLink(context)
  const links = linkList(tools, card)
  const comments = thread(tools, card)
  const publish = button("Publish", () => commands.publish(now()), "primary")
  const duplicate = button("Duplicate", () => tools.duplicate())
  const remove = button("Remove", () => commands.remove(now()), "danger")
  const takeOut = h("a", {
    class: "button",
    href: `outline?item=${card.id}&show=take_out`,
    text: "Take out the words…",
  })
  const takenOut = h("p", { class: "taken-out soft" })
  const before = h("a", { href: `cards/${card.id}/words`, text: "Words before" })
  const putBack = h("a", { text: "Put back what this guest did" })
  const element = h(
    "div",
    {},
    about,
    before,
    putBack,
    takenOut,
    text.element,
    h("div", { class: "pair" }, kind.element, width.element),
    section.element,
    place.element,
    goal.element,
    record.element,
    links.element,
    comments.element,
    h(
      "div",
      { class: "acts" },
      publish,
      button("Show on canvas", () => tools.go(card.id)),
      duplicate,
      button("Select several", () => tools.several()),
      remove,
      takeOut,
    ),
  )
  return { element, refresh, focus, leave }

  /** @param {Item} item */
  function refresh(item) {
    setText(about, aboutWords(item))
    text.refresh()
    text.element.hidden = recordOf(item) !== null
    kind.show(
      context.kinds.map((each) => [each.tag, each.word]),
      item.fields.kind,
    )
    section.show(sections(), item.fields.section ?? "")
    place.show(positions(item), "")
    width.show(widths(item), String(item.fields.w ?? CARD.w))
    goal.refresh(item)
    record.refresh(item)
    links.refresh()
    comments.refresh()
    publish.hidden = !item.fields.draft || !context.may("publish_card")
    before.hidden = !item.fields.reworded
    const guest = guestOf(item)
    putBack.hidden = !guest || !context.may("take_back")
    putBack.setAttribute("href", `put-back/${guest}`)
    setText(takenOut, takenOutWords(item))
    takenOut.hidden = !takenOut.textContent
    text.input.readOnly = Boolean(item.fields.taken_out) // no other words can take their place
    takeOut.hidden = !context.may("take_out") || item.fields.taken_out || item.fields.draft
    kind.select.disabled = !context.may("edit_card")
    duplicate.hidden = isNotKept(context, item)
    remove.disabled = !context.may("remove_card")
    for (const control of [section.select, place.select, width.select, duplicate])
      control.disabled = !context.may("move_card")
  }

  /** @param {Item} item */
  function aboutWords(item) {
    const { by, draft, phase } = item.fields
    const who = context.people.name(by)
    const organisation = context.people.organisation(by)
    const word = context.kindWord(item.fields.kind)
    if (draft && phase) return `Your ${word.toLowerCase()}. Only you see it until it is revealed.`
    if (draft) return `Your draft ${word.toLowerCase()}. Only you see it until you publish it.`
    const verb = item.fields.imported ? "imported by" : "by"
    const reworded = context.people.reworded(item.fields)
    return `${word} ${verb} ${who}${organisation ? `, ${organisation}` : ""}${reworded}`
  }

  /** The guest whose words it shows, else who wrote it where that is a guest. @param {Item} item */
  function guestOf({ fields }) {
    const shown = [fields.reworded, fields.by].find((id) => context.people.get(id)?.role === "guest")
    return shown && shown !== context.about.me ? shown : ""
  }

  /** Who took its words out, and when; nobody did where they were not to be kept. @param {Item} item */
  function takenOutWords(item) {
    const { by, at } = item.fields.taken_out ?? {}
    return by ? `Taken out by ${context.people.name(by)}, ${moment(at)}` : ""
  }

  /** @returns {[string, string][]} */
  function sections() {
    return [
      ...context.items.sections.map((each) => /** @type {[string, string]} */ ([each.id, each.fields.title])),
      ["", "Outside the sections"],
    ]
  }

  /** The positions it can take among its neighbours; the first entry says which it has. @param {Item} item @returns {[string, string][]} */
  function positions(item) {
    const cards = context.items.cards(context.items.sectionOf(item)?.id ?? null)
    const at = cards.findIndex((each) => each.id === item.id)
    const others = cards.filter((each) => each.id !== item.id)
    const after = others
      .slice(0, 60)
      .map((each) => /** @type {[string, string]} */ ([each.id, `After: ${context.label(each)}`]))
    return [["", `${at + 1} of ${cards.length}`], ["first", "First"], ["last", "Last"], ...after]
  }

  /** @param {string} value */
  function move(value) {
    const item = now()
    const others = context.items
      .cards(context.items.sectionOf(item)?.id ?? null)
      .filter((each) => each.id !== item.id)
    if (value === "first") commands.moveAfter(item, null)
    else if (value === "last") commands.moveAfter(item, others.at(-1)?.id ?? null)
    else if (value) commands.moveAfter(item, value)
    place.select.value = ""
  }

  /** @param {string} part */
  function focus(part) {
    const parts = { section: section.select, comment: comments.input, link: links.select, title: text.input }
    parts[/** @type {keyof typeof parts} */ (part)]?.focus()
  }

  function leave() {
    text.leave()
    comments.leave()
  }
}

/** @param {Item} item @returns {[string, string][]} */
function widths(item) {
  const w = String(item.fields.w ?? CARD.w)
  return WIDTHS.some(([value]) => value === w) ? WIDTHS : [[w, `${Math.round(Number(w))} wide`], ...WIDTHS]
}
