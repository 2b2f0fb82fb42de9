// Puts regions of the console anew, by their ids. What somebody ticks, types or has opened there stays.
import { leftIn } from "app/workshops/left.js"

const REGIONS = [
  "flash",
  "console-now",
  "console-offers",
  "console-themes",
  "console-plan",
  "console-backstage",
  "console-past",
  "console-here",
  "console-team",
  "console-screens",
  "console-next",
]
const CHOOSER = '[id^="choose-"]'

/** Of each region the HTML as it last came. @type {Map<string, string>} */
const latest = new Map()

/**
 * @param {string} html
 * @param {string} [answered] the region of the form that this answers, if it chooses a person
 * @returns {string[]} the regions that changed
 */
export function putRegions(html, answered = "") {
  const fresh = new DOMParser().parseFromString(html, "text/html")
  const changed = []
  for (const id of REGIONS) {
    const old = document.getElementById(id)
    const next = fresh.getElementById(id)
    const now = next && comparable(next)
    if (!old || !next || (latest.get(id) === now && id !== answered)) continue
    latest.set(id, String(now))
    replace(old, next, id === answered)
    changed.push(id)
  }
  return changed
}

/** The region of a form that chooses a person; empty for any other. @param {HTMLFormElement} form */
export function regionOfChoice(form) {
  return (form.querySelector(CHOOSER) && form.closest("section")?.id) || ""
}

/**
 * Whom somebody looked for or chose stays, since a list that nobody asked for need not hold them; but the answer
 * to their own form says who is chosen now.
 * @param {HTMLElement} old @param {HTMLElement} next @param {boolean} isAnswer
 */
function takeChoice(old, next, isAnswer) {
  const chooser = old.querySelector(CHOOSER)
  const box = /** @type {HTMLInputElement | null | undefined} */ (chooser?.querySelector('[name="named"]'))
  if (isAnswer) chooser?.remove()
  else if (chooser && box && (box.value || chooser.querySelector("select")?.value))
    next.querySelector(CHOOSER)?.replaceWith(chooser)
}

/** What was said of a deed is over: it lies on top of what is being read. */
export function clearFlash() {
  document.querySelector("#flash .good")?.remove()
  latest.delete("flash")
}

/** What is no news of a region: the fresh ids of what its forms would add. @param {Element} region */
function comparable(region) {
  const copy = /** @type {Element} */ (region.cloneNode(true))
  for (const field of copy.querySelectorAll('input[type="hidden"]')) field.removeAttribute("value")
  return copy.outerHTML + phaseOf(region)
}

/** @param {Element} region */
function phaseOf(region) {
  return [...region.querySelectorAll('input[type="hidden"]')]
    .filter((one) => one.getAttribute("name") !== "id" && one.getAttribute("name") !== "_csrf_token")
    .map((one) => one.getAttribute("value"))
    .join()
}

/** @param {HTMLElement} old @param {HTMLElement} next @param {boolean} isAnswer */
function replace(old, next, isAnswer) {
  const focus = document.activeElement
  const focused = focus && old.contains(focus) ? focus : null
  const caret =
    focus instanceof HTMLInputElement || focus instanceof HTMLTextAreaElement ? focus.selectionStart : null
  takeChoice(old, next, isAnswer)
  const left = leftIn(old)
  old.replaceWith(next)
  for (const [id, put] of left) put(document.getElementById(id))
  const found = isAnswer && next.querySelector("select[autofocus]")
  const again = found || (focused && sameIn(next, focused))
  if (again instanceof HTMLElement) again.focus({ preventScroll: true })
  if (caret !== null && (again instanceof HTMLInputElement || again instanceof HTMLTextAreaElement))
    again.setSelectionRange(caret, caret)
}

/** What had the focus, by its id or, as most buttons, by its words. @param {Element} region @param {Element} one */
function sameIn(region, one) {
  if (one.id) return document.getElementById(one.id) ?? region.querySelector("[tabindex]")
  return [...region.querySelectorAll(one.localName)].find((other) => other.textContent === one.textContent)
}
