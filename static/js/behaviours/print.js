// data-print: prints the page. Hidden until scripts run.

/** @param {HTMLElement} element */
export function print(element) {
  const open = () => window.print()
  element.hidden = false
  element.addEventListener("click", open)
  return () => element.removeEventListener("click", open)
}
