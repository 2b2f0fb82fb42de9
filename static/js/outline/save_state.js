// What the head of the outline says: whether all is saved, and how much is not.
import { withUnsaved } from "app/lib/words.js"
import { countUnsaved } from "./stranded_forms.js"

const WORDS = {
  saved: "Saved",
  checking: "Checking",
  sending: "Sending",
  offline: "Offline, trying",
  ended: "Not connected",
}

/** Shows how much is not saved. @param {Element} root */
export function showUnsaved(root) {
  const place = document.getElementById("saved")
  if (!place) return
  place.dataset.unsaved = String(countUnsaved(root))
  drawState(place)
}

/** @param {HTMLElement} place */
function drawState(place) {
  const state = /** @type {keyof typeof WORDS} */ (place.dataset.state)
  place.textContent = withUnsaved(WORDS[state], Number(place.dataset.unsaved ?? 0))
}

/**
 * Shows whether all is saved. True when that has changed.
 * @param {keyof typeof WORDS} state
 */
export function showState(state) {
  const place = document.getElementById("saved")
  if (!place || place.dataset.state === state) return false
  place.dataset.state = state
  drawState(place)
  return true
}
