// data-focus-me: takes the focus when it appears, as a summary of errors must.

/** @param {HTMLElement} element */
export function focusMe(element) {
  element.focus()
}
