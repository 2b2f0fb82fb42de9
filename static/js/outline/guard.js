// Keeps what somebody is writing when a part is drawn again: their open form stays, even where its card is gone.

import { keepNewCards, keepSections, noteLocked } from "./stranded_forms.js"

/** @typedef {{ fragment: DocumentFragment, target: Element | string, swapSpec?: string | { style: string } }} Task */

/**
 * Before a swap: cards of `root` with an open form that the new HTML no longer has, or has in another part, stay
 * where they are, with a sentence that says so.
 * @param {HTMLElement} root
 * @param {Task[]} tasks
 * @param {Element | null} [done] the slot whose form has just been sent
 */
export function keepOpenForms(root, tasks, done = null) {
  noteLocked(root, tasks)
  keepSections(root, tasks)
  keepNewCards(root, tasks)
  for (const slot of root.querySelectorAll(".card > .slot:not(:empty)")) {
    if (slot === done) continue
    const card = /** @type {HTMLElement} */ (slot.parentElement)
    const part = card.closest("[data-part]")
    const own = tasks.find((task) => part && redraws(task, part))
    if (!part || !own) continue
    const list = own.fragment.querySelector(`#${CSS.escape(`cards-${part.id.slice("part-".length)}`)}`)
    if (!list || list.querySelector(`#${CSS.escape(card.id)}`)) continue
    const moved = removeElsewhere(tasks, card.id)
    list.append(placeholder(card, moved))
  }
}

/**
 * @param {Task} task
 * @param {Element} part
 */
function redraws(task, part) {
  return task.fragment.querySelector(`#${CSS.escape(part.id)}`) !== null
}

/**
 * @param {Task[]} tasks
 * @param {string} id
 */
function removeElsewhere(tasks, id) {
  const found = tasks
    .map((task) => task.fragment.querySelector(`#${CSS.escape(id)}`))
    .filter((one) => one !== null)
  for (const one of found) one.remove()
  return found.length > 0
}

/**
 * @param {HTMLElement} card
 * @param {boolean} moved
 */
function placeholder(card, moved) {
  const stand = /** @type {HTMLElement} */ (card.cloneNode(false))
  stand.classList.add("gone")
  if (!moved) stand.classList.add("removed")
  const say = document.createElement("p")
  say.textContent = moved
    ? "Somebody moved this card to another section while you wrote. Your words are still here."
    : "This card is no longer here. Your words are still below."
  const slot = document.createElement("div")
  slot.className = "slot"
  slot.id = `slot-${card.id.slice("card-".length)}`
  stand.append(say, slot)
  return stand
}

/**
 * Where the focus belongs after a swap that took it away: on the same element in its new place, else on the card or its
 * nearest neighbour, else on the title.
 * @param {Element} focused
 * @returns {() => { element: HTMLElement, gone: boolean } | null} asked after the swap; null where nothing was lost
 */
export function focusAfter(focused) {
  const card = focused.closest("[data-card]")
  const part = focused.closest("[data-part]")
  const cards = card
    ? [card, ...siblings(card, "nextElementSibling"), ...siblings(card, "previousElementSibling")]
    : []
  const ids = cards.map((one) => one.id)
  return () => {
    if (document.activeElement !== document.body || focused === document.body) return null
    const same = focused.isConnected ? focused : document.getElementById(focused.id)
    if (same instanceof HTMLElement) return { element: same, gone: false }
    const id = ids.find((one) => document.getElementById(one)) ?? ""
    const title = part?.isConnected ? part.querySelector("h2") : null
    const element = document.getElementById(id) ?? title ?? document.getElementById("main")
    return element && { element, gone: true }
  }
}

/**
 * @param {Element} element
 * @param {"nextElementSibling" | "previousElementSibling"} side
 */
function siblings(element, side) {
  const all = []
  for (let at = element[side]; at; at = at[side]) all.push(at)
  return all
}

/**
 * Keeps what has the focus at its place on the screen when something above it grows.
 * @param {Element} root
 * @returns {() => void} called after the swap
 */
export function keepScroll(root) {
  const focused = document.activeElement
  if (!focused || !root.contains(focused)) return () => {}
  const was = focused.getBoundingClientRect().top
  return () => {
    if (focused.isConnected) scrollBy({ top: focused.getBoundingClientRect().top - was, behavior: "instant" })
  }
}
