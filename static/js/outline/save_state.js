// What the head of the outline says: whether all is saved, and how much is not; that is a link to the first of it.
import { h } from "app/lib/dom.js"
import { withUnsaved } from "app/lib/words.js"
import { unsavedForms } from "./stranded_forms.js"

const WORDS = {
  saved: "Saved",
  checking: "Checking",
  sending: "Sending",
  waiting: "Waiting for the server’s database",
  offline: "Offline, trying",
  ended: "Not connected",
}

/** Shows how much is not saved. @param {Element} root */
export function showUnsaved(root) {
  const place = document.getElementById("saved")
  if (!place) return
  const forms = unsavedForms(root)
  place.dataset.unsaved = String(forms.length)
  place.dataset.at = forms[0]?.querySelector("textarea, input[type=text]")?.id ?? "left-words"
  drawState(place)
}

/** @param {HTMLElement} place */
function drawState(place) {
  const state = /** @type {keyof typeof WORDS} */ (place.dataset.state)
  const unsaved = Number(place.dataset.unsaved ?? 0)
  const text = withUnsaved(WORDS[state], unsaved)
  place.replaceChildren(unsaved ? h("a", { href: `#${place.dataset.at}`, text }) : text)
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
