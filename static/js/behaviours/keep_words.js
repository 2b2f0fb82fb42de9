// data-keep-words="key": what is typed here survives a reload or a sign-in, in this tab, until it is sent.
// Another person who signs in next in this tab gets none of it. On a shared device nothing is kept.
// Where the browser has no room for them, it asks before the page is left.
import { store } from "app/lib/storage.js"

/** Boxes whose words could not be kept. @type {Set<Element>} */
const unkept = new Set()

/** @param {Event} event */
const askBeforeLeaving = (event) => event.preventDefault()

/** @param {HTMLElement} element */
export function keepWords(element) {
  if (document.body.dataset.shared !== undefined) return undefined // others use this device too: nothing is kept
  const box = /** @type {HTMLTextAreaElement} */ (element)
  const key = `words:${document.body.dataset.me ?? ""}:${location.pathname}:${box.dataset.keepWords}`
  const kept = sessionStorage.getItem(key)
  if (kept !== null && box.value === box.defaultValue && kept !== box.value) box.value = kept
  const keep = () => {
    sessionStorage.removeItem(key) // older words must not come back where there is no room for these
    note(box, box.value === box.defaultValue || store(sessionStorage, key, box.value))
  }
  /** @param {Event} event */
  const sent = (event) => {
    if (!box.form || event.target !== box.form) return
    sessionStorage.removeItem(key)
    note(box, true)
  }
  box.addEventListener("input", keep)
  document.addEventListener("words:sent", sent)
  return () => {
    box.removeEventListener("input", keep)
    document.removeEventListener("words:sent", sent)
    note(box, true)
  }
}

/** @param {Element} box @param {boolean} isKept */
function note(box, isKept) {
  if (isKept) unkept.delete(box)
  else unkept.add(box)
  if (unkept.size) addEventListener("beforeunload", askBeforeLeaving)
  else removeEventListener("beforeunload", askBeforeLeaving)
}
