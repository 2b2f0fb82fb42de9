// A toolbar is one tab stop; the arrow keys, Home and End go from control to control (ARIA's toolbar pattern).

const CONTROLS = "button, select, a[href]"

/** @param {HTMLElement} bar */
export function roveFocus(bar) {
  const changes = new MutationObserver(mark)
  bar.addEventListener("focusin", mark)
  bar.addEventListener("keydown", (event) => walk(bar, event))
  changes.observe(bar, { childList: true, subtree: true, attributeFilter: ["disabled", "hidden"] })
  mark()

  /** Leaves one control that the tab key reaches: the focused one, else the last that was, else the first. */
  function mark() {
    const all = controls(bar)
    const stop =
      all.find((each) => each === document.activeElement) ?? all.find((each) => each.tabIndex === 0) ?? all[0]
    for (const each of all) each.tabIndex = each === stop ? 0 : -1
  }
}

/** @param {HTMLElement} bar @param {KeyboardEvent} event */
function walk(bar, event) {
  if (event.altKey || event.ctrlKey || event.metaKey) return
  const all = controls(bar)
  const at = all.indexOf(/** @type {HTMLElement} */ (document.activeElement))
  const to = { ArrowRight: at + 1, ArrowLeft: at - 1 + all.length, Home: 0, End: all.length - 1 }[event.key]
  if (to === undefined || !all.length) return
  event.preventDefault()
  all[to % all.length].focus()
}

/** The controls that can be used now. @param {HTMLElement} bar @returns {HTMLElement[]} */
function controls(bar) {
  const all = [.../** @type {NodeListOf<HTMLButtonElement>} */ (bar.querySelectorAll(CONTROLS))]
  return all.filter((each) => !each.disabled && each.checkVisibility())
}
