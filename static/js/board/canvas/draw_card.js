// Draws one card: its kind in colour and word, its words, its organisation, how many comments.

import { CARD_KINDS } from "app/board/schema.js"
import { setLinked } from "app/lib/addresses.js"
import { h, setText } from "app/lib/dom.js"
import { plural, sentences } from "app/lib/words.js"
import { drawFace, faceOf, recordOf } from "./draw_live_status.js"

/** @typedef {import("app/board/schema.js").Item} Item */
/** @typedef {import("app/board/context.js").BoardContext} BoardContext */

/** @param {string} id */
export function newCard(id) {
  const face = h(
    "article",
    { class: "card-face", tabindex: "0", data: { drag: "card" } },
    h(
      "p",
      { class: "card-head" },
      h("b", { class: "card-kind" }),
      h("em", { text: "Only you see this", hidden: true }),
      h("span", { class: "chip", dir: "auto" }),
    ),
    h("p", { class: "card-text", dir: "auto" }),
    h("p", { class: "card-state", hidden: true }),
    h("span", { class: "card-more", "aria-hidden": "true", text: "more" }),
  )
  return h(
    "li",
    { id: `card-${id}`, class: "card", data: { id } },
    face,
    h("span", { class: "card-count", "aria-hidden": "true" }),
    h("span", { class: "grip", "aria-hidden": "true", data: { drag: "size" } }),
    h("span", { class: "card-who", dir: "auto" }),
  )
}

/**
 * @param {HTMLElement} element
 * @param {Item} card
 * @param {BoardContext} context
 */
export function drawCard(element, card, context) {
  const { text: ownText = "", draft, by, imported } = card.fields
  const record = recordOf(card)
  const kind = kindOf(card)
  const text = record?.title ?? ownText
  const [face, count] = /** @type {any} */ (element.children)
  const [head, words, state] = face.children
  const [kindWord, own, chip] = head.children
  const known = card.item === "card"
  const word = known ? (record?.kind ?? context.kindWord(kind)) : "Something new"
  element.className = `card kind-${known ? kind : "commitment"}${draft ? " draft" : ""}`
  element.removeAttribute("data-whole") // until it is measured again
  setText(kindWord, imported ? `${word}, imported` : word)
  own.hidden = !draft
  chip.hidden = Boolean(draft)
  setLinked(words, text)
  drawFace(state, card)
  const { reworded } = card.fields // the words are theirs then: the panel and the label name the author too
  chip.className = `chip ${reworded ? "org-0" : context.people.colour(by)}`
  const author = context.people.organisation(by) || context.people.name(by)
  setText(chip, reworded ? `Reworded by ${context.people.name(reworded)}` : author)
  const comments = context.items.countComments(card.id)
  setText(count, comments ? String(comments) : "")
  face.setAttribute("aria-label", nameOf(word, card, context, comments))
}

/** The kind whose paper a card has: that of the record it stands for, where there is one of that name. @param {Item} card */
function kindOf(card) {
  const kind = recordOf(card)?.kind?.toLowerCase()
  return CARD_KINDS.some(({ tag }) => tag === kind) ? kind : (card.fields.kind ?? "")
}

/**
 * Marks cards whose words are cut after twelve lines, and those that are whole: of them nothing is clipped (card.css).
 * @param {Element[]} elements
 */
export function markCut(elements) {
  const marks = elements.map((element) => {
    const words = /** @type {Element} */ (element.querySelector(".card-text"))
    const isCut = words.scrollHeight > words.clientHeight + 1
    const names = [...element.querySelectorAll(".card-kind, .chip")]
    return { element, isCut, isWhole: !isCut && names.every((name) => name.scrollWidth <= name.clientWidth) }
  }) // all are asked before any is changed, so that they are laid out once
  for (const { element, isCut, isWhole } of marks) {
    element.classList.toggle("cut", isCut)
    element.toggleAttribute("data-whole", isWhole)
  }
}

/**
 * @param {string} word
 * @param {Item} card
 * @param {BoardContext} context
 * @param {number} comments
 */
function nameOf(word, card, context, comments) {
  const record = recordOf(card)
  const parts = [
    `${word}: ${record?.title ?? card.fields.text ?? ""}`,
    context.people.organisation(card.fields.by) + context.people.reworded(card.fields),
  ]
  if (record) parts.push([record.word, record.date].filter(Boolean).join(". "))
  const state = faceOf(card)
  if (state) parts.push(`Goal: ${[state.word, state.value].filter(Boolean).join(", latest ")}`)
  if (card.fields.draft) parts.push("Only you see this")
  if (comments) parts.push(plural(comments, "comment"))
  const links = context.items.links(card.id).length
  if (links) parts.push(plural(links, "link"))
  return sentences(parts.map((part) => part.trim()).filter(Boolean))
}
