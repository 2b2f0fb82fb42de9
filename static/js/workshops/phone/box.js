// The one box of the present question: what stands in it is kept on this phone, and comes back where it is drawn again.

/** @typedef {import("./half_typed.js").HalfTyped} HalfTyped */

export class Box {
  /**
   * @param {HTMLElement} root
   * @param {import("./half_typed.js").HalfTypedWords} half
   */
  constructor(root, half) {
    this.root = root
    this.half = half
  }

  get element() {
    return /** @type {HTMLTextAreaElement | null} */ (this.root.querySelector(".box-form textarea"))
  }

  /** Puts what was being written for this question back. @param {string} phase */
  fill(phase) {
    const words = this.half.of(phase)
    const { element } = this
    if (!element || !words || element.value) return
    element.value = words.text
    element.closest("details")?.setAttribute("open", "")
  }

  /** @param {HTMLFormElement} form @param {string} prompt @returns {HalfTyped} */
  words(form, prompt) {
    const { text, phase, kind, section } = Object.fromEntries(new FormData(form))
    const fields = { kind: String(kind), ...(section !== undefined && { section: String(section) }) }
    return { id: String(phase), phase: String(phase), prompt, text: String(text), fields }
  }

  /** They were sent, put aside or dropped. @param {HalfTyped} words @param {string} phase the present one */
  forget(words, phase) {
    this.half.forget(words.id)
    if (this.element && words.id === phase) this.element.value = ""
    this.element?.removeAttribute("aria-invalid")
    document.querySelector(".no-question")?.remove()
  }

  /** Where one is writing; gives what puts the caret back into the box, if that was drawn again. */
  rememberCaret() {
    const was = this.element
    if (!was || document.activeElement !== was) return () => {}
    const { selectionStart, selectionEnd } = was
    return () => {
      const { element } = this
      if (!element || element === was) return
      element.focus({ preventScroll: true })
      element.setSelectionRange(selectionStart, selectionEnd)
    }
  }
}
