// A text box that others' words come into while somebody writes: caret, selection and scroll stay, and it has an
// undo of its own that takes back only what was written in it.

import { EditHistory } from "./edit_history.js"
import { growth, patched } from "./rebase.js"

/** @typedef {import("./rebase.js").Patch} Patch */

export class TextBox {
  composing = false
  #history = new EditHistory()
  /** The text up to which the history knows all edits. */
  #text = ""

  /**
   * @param {HTMLTextAreaElement | HTMLInputElement} input
   * @param {{ typed: () => void, composed: () => void }} on
   */
  constructor(input, on) {
    this.input = input
    this.on = on
    input.addEventListener("input", () => this.#edited())
    input.addEventListener("compositionstart", () => this.#compose(true))
    input.addEventListener("compositionend", () => this.#compose(false))
    input.addEventListener("keydown", (event) => this.#key(/** @type {KeyboardEvent} */ (event)))
    input.addEventListener("beforeinput", (event) => this.#before(/** @type {InputEvent} */ (event)))
  }

  get text() {
    return this.input.value
  }

  /** Whether all that was typed in it was taken back in it. */
  get isTakenBack() {
    return this.#history.isTakenBack
  }

  get selection() {
    return { start: this.input.selectionStart ?? 0, end: this.input.selectionEnd ?? 0 }
  }

  /** The caret; null where something is selected. */
  get caret() {
    const { start, end } = this.selection
    return start === end ? start : null
  }

  /** Puts another text in; what was written before cannot be undone here. @param {string} text */
  replace(text) {
    if (this.input.value !== text) this.input.value = text
    this.#text = text
    this.#history.clear()
  }

  /**
   * Takes in others' words, above and below the selection. The line that it is in stays where it is on the screen; a
   * box that grows instead of scrolling is told by `takenin` how many pixels came in above.
   * @param {Patch[]} above from left to right
   * @param {Patch[]} below
   */
  takeIn(above, below) {
    if (!above.length && !below.length) return
    const { input } = this
    const text = input.value
    const [shift, direction] = [growth(above), input.selectionDirection ?? undefined]
    const { start, end } = this.selection
    const { scrollTop } = input
    const height = textHeight(input)
    input.value = patched(text, above)
    const grown = textHeight(input) - height
    input.value = patched(text, [...above, ...below])
    input.setSelectionRange(start + shift, end + shift, direction)
    input.scrollTop = scrollTop + grown
    this.#text = input.value
    this.#history.rebase([...above, ...below])
    input.dispatchEvent(new CustomEvent("takenin", { detail: grown }))
  }

  #edited() {
    if (!this.composing) this.#record()
    this.on.typed()
  }

  #record() {
    const { value } = this.input
    if (value !== this.#text) this.#history.record(this.#text, value, this.selection.end)
    this.#text = value
  }

  /** @param {boolean} composing */
  #compose(composing) {
    this.composing = composing
    if (!composing) this.#record()
    this.on.composed()
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    if (event.isComposing || event.altKey || !(event.ctrlKey || event.metaKey)) return
    const latin = /^[a-z]$/i.test(event.key) ? event.key : event.code.replace(/^Key/, "")
    const letter = latin.toLowerCase()
    if (letter !== "z" && letter !== "y") return
    event.preventDefault()
    this.#goBack(letter === "z" && !event.shiftKey)
  }

  /** The browser's own undo, as from its menu. @param {InputEvent} event */
  #before(event) {
    if (event.inputType !== "historyUndo" && event.inputType !== "historyRedo") return
    event.preventDefault()
    this.#goBack(event.inputType === "historyUndo")
  }

  /** @param {boolean} back undo, else redo */
  #goBack(back) {
    const { input } = this
    const patch = back ? this.#history.undo(input.value) : this.#history.redo(input.value)
    if (!patch || input.disabled || input.readOnly) return
    const caret = patch.at + patch.text.length
    input.value = patched(input.value, [patch])
    input.setSelectionRange(caret, caret)
    this.#text = input.value
    input.dispatchEvent(new Event("input", { bubbles: true }))
  }
}

/** How high the text is, in pixels, however high the box is. @param {HTMLElement} input */
function textHeight(input) {
  const { style } = input
  const { height, minHeight } = style
  Object.assign(style, { height: "0", minHeight: "0" })
  const { scrollHeight } = input
  Object.assign(style, { height, minHeight })
  return scrollHeight
}
