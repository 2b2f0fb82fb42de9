// What had the focus is gone: the focus goes to its neighbour, and keys meant for what is gone do nothing there (K2).
import { isText } from "./dom.js"

const HOLD = 2000 // ms
const FIRST = { capture: true } // before any other listener
const NAMED = new Set(["Enter", "Backspace", "Delete", "ArrowUp", "ArrowDown", "ArrowLeft", "ArrowRight"])

/** @type {any} */
let timer = null

/**
 * Moves the focus, and holds back single keys until two seconds are over or the person points at something.
 * The caller says why the focus moves.
 * @param {HTMLElement} neighbour
 */
export function forceFocus(neighbour) {
  neighbour.focus({ preventScroll: true })
  clearTimeout(timer)
  timer = setTimeout(release, HOLD)
  window.addEventListener("keydown", holdBack, FIRST)
  window.addEventListener("pointerdown", release, FIRST)
}

function release() {
  clearTimeout(timer)
  window.removeEventListener("keydown", holdBack, FIRST)
  window.removeEventListener("pointerdown", release, FIRST)
}

/** @param {KeyboardEvent} event */
function holdBack(event) {
  const single = event.key.length === 1 || NAMED.has(event.key)
  if (!single || event.ctrlKey || event.metaKey || isText(event.target)) return
  event.preventDefault()
  event.stopImmediatePropagation()
}
