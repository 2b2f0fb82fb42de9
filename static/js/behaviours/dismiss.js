// data-dismiss="id": takes a note off the page, which a reload does not bring back.

/** @param {HTMLElement} element */
export function dismiss(element) {
  /** @param {Event} event */
  const away = (event) => {
    event.preventDefault()
    document.getElementById(element.dataset.dismiss ?? "")?.remove()
    if (element instanceof HTMLAnchorElement) history.replaceState(history.state, "", element.href)
    document.getElementById("main")?.focus({ preventScroll: true })
  }
  element.addEventListener("click", away)
  return () => element.removeEventListener("click", away)
}
