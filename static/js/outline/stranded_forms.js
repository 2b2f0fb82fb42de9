// Forms with words in them whose section is gone, or which nobody may send any more: they stay, with the reason.

import { stranded, strandedNote } from "app/board/text/stranded.js"

/** @typedef {import("./guard.js").Task} Task */

const TEXTS = "textarea, input[type=text], input:not([type])"
const FORMS = ".slot form, .add form, #new-section form"
const LOCKED = "This board cannot be changed now. Your words are not saved."
const UNREACHED =
  "The server could not be reached, so this is not saved. Your words are still here: send them again in a moment."
const NO_CARD = "Your words are not saved."
const NO_SECTION = "This section is no longer here. Your words are not saved."

/**
 * Before a swap: sections of `root` with words in them that the new HTML no longer has stay at their place, with
 * nothing but their forms.
 * @param {Element} root
 * @param {Task[]} tasks
 */
export function keepSections(root, tasks) {
  const whole = tasks.find(redrawsAll)
  if (!whole) return
  for (const part of root.querySelectorAll("[data-part]")) {
    if (has(whole.fragment, part.id) || !holdsWords(part)) continue
    const before = document.getElementById(part.previousElementSibling?.id ?? "")
    const kept = /** @type {Element} */ (part.cloneNode(false))
    kept.classList.add("gone")
    for (const child of part.children)
      if (child.matches(".part-head, .slot, .cards")) kept.append(shell(child))
    const place = before && whole.fragment.querySelector(`#${CSS.escape(before.id)}`)
    if (place) place.after(kept)
    else whole.fragment.prepend(kept)
  }
}

/**
 * Before a swap: boxes for a new card that hold words and that the new HTML no longer offers stay where they are.
 * @param {Element} root
 * @param {Task[]} tasks
 */
export function keepNewCards(root, tasks) {
  for (const box of root.querySelectorAll("[data-part] > .add")) {
    const part = box.parentElement?.id ?? ""
    const drawn = tasks.flatMap(({ fragment }) => fragment.querySelector(`#${CSS.escape(part)}`) ?? [])[0]
    if (drawn && !has(drawn, box.id) && holdsWords(box)) drawn.querySelector(".cards")?.before(shell(box))
  }
}

/** Before a swap: notes whether the new HTML offers to write. @param {HTMLElement} root @param {Task[]} tasks */
export function noteLocked(root, tasks) {
  const drawn = tasks.flatMap(({ fragment }) => [...fragment.querySelectorAll("[data-part]")])
  if (drawn.length) root.toggleAttribute("data-locked", !drawn.some((part) => part.querySelector(".add")))
}

/** After a swap: says at each form with words why they cannot be saved, and lets them be copied. @param {HTMLElement} root */
export function showReasons(root) {
  for (const form of root.querySelectorAll(FORMS)) {
    const boxes = [...form.querySelectorAll(TEXTS)].filter(isBox)
    if (!boxes.length || form.closest("#kept")) continue
    const say = reason(root, form)
    const note = /** @type {HTMLElement} */ (form.querySelector(".stranded") ?? strandedNote())
    if (say) form.append(note)
    stranded(note, say, () =>
      boxes
        .map((box) => box.value.trim())
        .join("\n")
        .trim(),
    )
  }
}

/** Whether somebody may write words in a form. @param {Element} form */
export function takesWords(form) {
  return form.querySelector(TEXTS) !== null && form.matches(FORMS)
}

/** @param {HTMLElement} root @param {Element} form @returns {string | null} */
function reason(root, form) {
  if (root.hasAttribute("data-locked")) return LOCKED
  if (form.closest(".card.removed")) return NO_CARD
  if (form.hasAttribute("data-unreached")) return UNREACHED
  return form.closest(".part.gone") && !form.closest(".card") ? NO_SECTION : null
}

/** After a form was sent: its words have a place again, so what was kept for them goes. @param {Element} root @param {Element} form */
export function dropKept(root, form) {
  form.closest("#kept")?.remove()
  for (const part of root.querySelectorAll(".part.gone")) if (!part.querySelector(TEXTS)) part.remove()
}

/** The forms of the page that hold words that could not be saved. @param {Element} root */
export function unsavedForms(root) {
  return root.querySelectorAll("form:has(.stranded:not(:empty)), form:has(.error), #kept, #left-words li")
}

/** Whether somebody types in a part of the page, or has typed words there that were not sent. @param {Element} root */
function holdsWords(root) {
  const boxes = [...root.querySelectorAll(TEXTS)].filter(isBox)
  return boxes.some(
    (box) => box === document.activeElement || (box.value.trim() && box.value !== box.defaultValue),
  )
}

/** @param {Element} element @returns {element is HTMLTextAreaElement | HTMLInputElement} */
function isBox(element) {
  return element instanceof HTMLTextAreaElement || element instanceof HTMLInputElement
}

/** An element that the morph takes for this one; what it leaves alone, as a form with words, it leaves whole. @param {Element} element */
function shell(element) {
  const copy = /** @type {Element} */ (element.cloneNode(element.matches(".part-head")))
  for (const link of copy.querySelectorAll("a")) link.remove()
  return copy
}

/** @param {Task} task */
function redrawsAll({ target }) {
  return target === "#parts" || (target instanceof Element && target.id === "parts")
}

/** @param {ParentNode} root @param {string} id */
function has(root, id) {
  return root.querySelector(`#${CSS.escape(id)}`) !== null
}
