// data-keep-words="key": what is typed here survives a reload or a sign-in, in this tab, until it is sent.
// Another person who signs in next in this tab gets none of it. On a shared device nothing is kept.

/** @param {HTMLElement} element */
export function keepWords(element) {
  if (document.body.dataset.shared !== undefined) return undefined // others use this device too: nothing is kept
  const box = /** @type {HTMLTextAreaElement} */ (element)
  const key = `words:${document.body.dataset.me ?? ""}:${location.pathname}:${box.dataset.keepWords}`
  const kept = sessionStorage.getItem(key)
  if (kept !== null && box.value === box.defaultValue && kept !== box.value) box.value = kept
  const keep = () => {
    if (box.value === box.defaultValue) sessionStorage.removeItem(key)
    else sessionStorage.setItem(key, box.value)
  }
  /** @param {Event} event */
  const sent = (event) => {
    if (box.form && event.target === box.form) sessionStorage.removeItem(key)
  }
  box.addEventListener("input", keep)
  document.addEventListener("words:sent", sent)
  return () => {
    box.removeEventListener("input", keep)
    document.removeEventListener("words:sent", sent)
  }
}
