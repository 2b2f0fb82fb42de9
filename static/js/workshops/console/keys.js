// The console's keys: each presses the button that carries it, wherever no words are being typed.

/** @param {EventTarget | null} target */
function types(target) {
  return target instanceof HTMLElement && target.matches("input:not([type=checkbox]), textarea, select")
}

/** @param {EventTarget | null} target */
function presses(target) {
  return target instanceof HTMLElement && target.closest("a, button, summary, dialog") !== null
}

/** @param {KeyboardEvent} event @returns {HTMLElement | null} the button to press */
export function buttonFor(event) {
  if (event.altKey || event.ctrlKey || event.metaKey || event.repeat || types(event.target)) return null
  if (event.key === "Enter" && presses(event.target)) return null // it presses what has the focus
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key
  const found = document.querySelectorAll(`[data-key="${CSS.escape(key)}"]`)
  return /** @type {HTMLElement[]} */ ([...found]).find((one) => one.offsetParent !== null) ?? null
}
