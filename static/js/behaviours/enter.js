// data-enter="id of a button": Enter in this field presses that button, and not the first one of the form.

/** @param {HTMLElement} element */
export function enter(element) {
  element.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.isComposing) return
    event.preventDefault()
    document.getElementById(element.dataset.enter ?? "")?.click()
  })
}
