// data-closes on <details>: a menu that closes when one clicks elsewhere, presses Escape, or has chosen.

/** @param {HTMLElement} element */
export function closes(element) {
  const menu = /** @type {HTMLDetailsElement} */ (element)
  /** @param {Event} event */
  const away = (event) => {
    if (event.target instanceof Node && !menu.contains(event.target)) menu.open = false
  }
  /** @param {KeyboardEvent} event */
  const onEscape = (event) => {
    if (event.key !== "Escape" || !menu.open) return
    menu.open = false
    menu.querySelector("summary")?.focus()
  }
  /** @param {Event} event */
  const chosen = (event) => {
    if (event.target instanceof Element && event.target.closest("a")) menu.open = false
  }
  document.addEventListener("pointerdown", away)
  menu.addEventListener("focusout", leave)
  menu.addEventListener("keydown", onEscape)
  menu.addEventListener("click", chosen)
  return () => document.removeEventListener("pointerdown", away)

  /** @param {FocusEvent} event */
  function leave(event) {
    if (event.relatedTarget instanceof Node && !menu.contains(event.relatedTarget)) menu.open = false
  }
}
