// data-close-slot: closes the form it is in, and gives the focus back to the button that opened it.

/** @param {HTMLElement} element */
export function closeSlot(element) {
  /** @param {Event} event */
  const close = (event) => {
    const slot = element.closest(".slot")
    if (!slot) return
    event.preventDefault()
    for (const form of slot.querySelectorAll("form"))
      form.dispatchEvent(new Event("words:sent", { bubbles: true }))
    const id = slot.id.slice("slot-".length)
    slot.replaceChildren()
    const opener = document.getElementById(`menu-${id}`) ?? document.getElementById(`card-${id}`)
    opener?.focus()
    slot.dispatchEvent(new Event("slot:closed", { bubbles: true }))
  }
  element.addEventListener("click", close)
  return () => element.removeEventListener("click", close)
}
