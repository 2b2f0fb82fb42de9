// data-copy="#id": copies the text of that field. The button is hidden until it can work.

/** @param {HTMLElement} element */
export function copy(element) {
  const field = document.querySelector(element.dataset.copy ?? "")
  const isField = field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement
  if (!isField || !navigator.clipboard) return
  const click = async () => {
    await navigator.clipboard.writeText(field.value)
    element.textContent = "Copied"
  }
  element.hidden = false
  element.addEventListener("click", click)
  return () => element.removeEventListener("click", click)
}
