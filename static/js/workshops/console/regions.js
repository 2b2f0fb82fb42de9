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

/** Of each region the HTML as it last came. @type {Map<string, string>} */
const latest = new Map()

/**
 * @param {string} html
 * @returns {string[]} the regions that changed
 */
export function putRegions(html) {
  const fresh = new DOMParser().parseFromString(html, "text/html")
  const changed = []
  for (const id of REGIONS) {
    const old = document.getElementById(id)
    const next = fresh.getElementById(id)
    const now = next && comparable(next)
    if (!old || !next || latest.get(id) === now || isFinding(old)) continue
    latest.set(id, String(now))
    replace(old, next)
    changed.push(id)
  }
  return changed
}

/** Whether somebody is choosing a person whom they have looked for. @param {HTMLElement} region */
function isFinding(region) {
  const box = /** @type {HTMLInputElement | null} */ (region.querySelector('input[name="named"]'))
  const field = region.querySelector("input:focus, select:focus")
  return !!box?.value && field !== null
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

/** @param {HTMLElement} old @param {HTMLElement} next */
function replace(old, next) {
  const focus = document.activeElement
  const focused = focus && old.contains(focus) ? focus.id : ""
  const caret =
    focus instanceof HTMLInputElement || focus instanceof HTMLTextAreaElement ? focus.selectionStart : null
  const left = leftIn(old)
  old.replaceWith(next)
  for (const [id, put] of left) put(document.getElementById(id))
  if (!focused) return
  const again = document.getElementById(focused) ?? next.querySelector("[tabindex]")
  if (again instanceof HTMLElement) again.focus({ preventScroll: true })
  if (caret !== null && (again instanceof HTMLInputElement || again instanceof HTMLTextAreaElement))
    again.setSelectionRange(caret, caret)
}
