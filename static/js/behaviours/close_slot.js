// data-close-slot: closes the form it is in, and gives the focus back to the button that opened it. Two texts that
// clashed may stand below a form that somebody writes on in: then these alone are closed.

/** @param {HTMLElement} element */
export function closeSlot(element) {
  /** @param {Event} event */
  const close = (event) => {
    const slot = element.closest(".slot")
    if (!slot) return
    event.preventDefault()
    const clash = element.closest(".clash")
    const above = clash?.previousElementSibling?.querySelector("textarea")
    if (clash && above) {
      clash.remove()
      return above.focus()
    }
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
