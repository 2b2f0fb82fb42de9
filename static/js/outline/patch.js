// News of a section worked into a copy of it as it is on the page. The page then takes that as it takes a section that it
// has fetched: open forms, the focus and the box for a new card are looked after in one place.
import { plural } from "app/lib/words.js"

/** @typedef {import("app/board/schema.js").NewsCard} NewsCard */
/** @typedef {import("app/board/schema.js").PartCount} PartCount */
/** @typedef {{ ask: string[] | null, counts: PartCount[], gone: string[], cards: NewsCard[] }} News */

/**
 * @param {ParentNode} root the outline
 * @param {News} news
 * @returns {{ parts: Element[], ask: string[] }} sections as they are now, and those that only the server knows
 */
export function patch(root, news) {
  /** @type {Map<string, Element>} */
  const parts = new Map()
  const ask = new Set(news.ask ?? [])
  const copyOf = (/** @type {string} */ id) => {
    const there = root.querySelector(`[data-part="${CSS.escape(id)}"]`)
    if (there && !parts.has(id)) parts.set(id, copy(there))
    return parts.get(id)
  }
  for (const id of [...news.gone, ...news.cards.map((card) => card.id)]) {
    const part = root.querySelector(`#${CSS.escape(`card-${id}`)}`)?.closest("[data-part]")
    if (part) copyOf(part.getAttribute("data-part") ?? "")
  }
  for (const id of news.gone) find(parts, `card-${id}`)?.remove()
  for (const card of news.cards) {
    const part = copyOf(card.part)
    if (part) place(part, card, find(parts, `card-${card.id}`))
    else ask.add(card.part)
  }
  for (const count of news.counts) {
    const part = copyOf(count.id)
    if (!part) ask.add(count.id)
    else if (Number(part.getAttribute("data-latest")) <= count.latest) recount(part, count)
  }
  for (const [id, part] of parts) if (!isWhole(part)) ask.add(id)
  return { parts: [...parts].filter(([id]) => !ask.has(id)).map(([, part]) => part), ask: [...ask] }
}

/** As the server would draw it: without open forms, and without cards that are kept for their form alone. @param {Element} part */
function copy(part) {
  const made = /** @type {Element} */ (part.cloneNode(true))
  for (const slot of made.querySelectorAll(".slot")) slot.replaceChildren()
  for (const gone of made.querySelectorAll(".card.gone")) gone.remove()
  for (const each of made.querySelectorAll("[data-htmx-powered]")) each.removeAttribute("data-htmx-powered")
  return made
}

/**
 * Puts a card after the one that it comes after; one whose place is beyond what the page has of the section is left out.
 * @param {Element} part
 * @param {NewsCard} card
 * @param {Element | null} old
 */
function place(part, card, old) {
  const list = part.querySelector(".cards")
  const after = card.after ? list?.querySelector(`:scope > #${CSS.escape(`card-${card.after}`)}`) : null
  const made = draw(card)
  old?.remove()
  if (!list || !made || (card.after && !after)) return
  if (after) after.after(made)
  else list.prepend(made)
}

/** @param {NewsCard} card */
function draw({ html }) {
  const box = document.createElement("template")
  box.innerHTML = html
  const card = box.content.firstElementChild
  // All were sent the same: each page lets its copies of the card have an id of their own.
  const copies = card?.querySelector('button[value^="duplicate_card "]')
  const [verb, , id] = copies?.getAttribute("value")?.split(" ") ?? []
  copies?.setAttribute("value", `${verb} ${crypto.randomUUID()} ${id}`)
  return card
}

/** @param {Element} part @param {PartCount} count */
function recount(part, { count, latest }) {
  part.setAttribute("data-count", String(count))
  part.setAttribute("data-latest", String(latest))
  const left = count - cardsOf(part)
  const more = part.querySelector(":scope > .more-cards > a")
  const all = part.querySelector(":scope > .unopened > a")
  if (more) more.textContent = `Show ${plural(left, "more card")}`
  if (all) all.textContent = `Show ${plural(count, "card")}`
  if (left > 0 || !more) return
  part.removeAttribute("data-partly")
  more.parentElement?.remove()
}

/** Whether it has as many cards as it says; some, where it says that there are more. @param {Element} part */
function isWhole(part) {
  const [here, all] = [cardsOf(part), Number(part.getAttribute("data-count"))]
  if (part.hasAttribute("data-unopened")) return all > 0
  return part.hasAttribute("data-partly") ? here < all : here === all
}

/** @param {Element} part */
function cardsOf(part) {
  return part.querySelectorAll(":scope > .cards > [data-card]").length
}

/** @param {Map<string, Element>} parts @param {string} id */
function find(parts, id) {
  for (const part of parts.values()) {
    const found = part.querySelector(`#${CSS.escape(id)}`)
    if (found) return found
  }
  return null
}
