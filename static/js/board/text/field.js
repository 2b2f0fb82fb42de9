// A text field that many write in: sends as one types, shows others' text below it, never changes it (T2, T3).
import { begin, othersText, sendDelay, sent, typed } from "./writing.js"

/**
 * @typedef {object} Options
 * @property {() => { text: string, seq: number } | null} now  the field as the board has it
 * @property {(text: string, base: number) => boolean | void} send
 * @property {(text: string | null) => void} [showOthers]  show others' text, or none
 * @property {() => boolean} [isSending]  whether words of ours are on their way
 * @property {boolean} [blank]  whether it may be left without words
 */

export class Field {
  /** @type {any} */
  #timer = null
  #composing = false

  /**
   * @param {HTMLTextAreaElement | HTMLInputElement} input
   * @param {Options} options
   */
  constructor(input, options) {
    this.input = input
    this.options = options
    const { text, seq } = options.now() ?? { text: "", seq: 0 }
    this.writing = begin(text, seq)
    input.value = text
    input.addEventListener("focus", () => this.#takeText())
    input.addEventListener("input", () => this.#typed())
    input.addEventListener("blur", () => this.leave())
    input.addEventListener("compositionstart", () => this.#setComposing(true))
    input.addEventListener("compositionend", () => this.#setComposing(false))
  }

  get isWritten() {
    return document.activeElement === this.input
  }

  /** The board has changed: a field without focus takes the new text, else others' text is shown below it. */
  refresh() {
    const now = this.options.now()
    if (!now) return
    if (!this.isWritten) return this.#takeText()
    if (now.text === this.input.value && !this.options.isSending?.())
      this.writing = { ...this.writing, base: now.seq, read: now.text }
    const theirs = this.options.isSending?.() ? null : othersText(this.writing, this.input.value, now.text)
    this.options.showOthers?.(theirs)
  }

  /** Sends what is unsent, then takes the text that the board has. */
  leave() {
    this.flush()
    this.options.showOthers?.(null)
    if (!this.isWritten) queueMicrotask(() => this.#takeText())
  }

  /** What is typed and not sent; null where there is nothing. */
  get unsent() {
    const { value } = this.input
    return this.writing.since === null || value === this.writing.read ? null : value
  }

  flush() {
    clearTimeout(this.#timer)
    const { value } = this.input
    if (this.writing.since === null || value === this.writing.read) return
    if (!value.trim() && !this.options.blank) return
    if (this.options.send(value, this.writing.base) !== false) this.writing = sent(this.writing, value)
  }

  #typed() {
    this.writing = typed(this.writing, performance.now())
    this.#plan()
  }

  #plan() {
    clearTimeout(this.#timer)
    if (this.#composing) return
    const wait = sendDelay(this.writing, performance.now())
    if (wait !== null) this.#timer = setTimeout(() => this.flush(), wait)
  }

  /** @param {boolean} composing */
  #setComposing(composing) {
    this.#composing = composing
    this.#plan()
  }

  /** Takes the text that the board has, but never replaces unsent text. */
  #takeText() {
    const now = this.options.now()
    if (!now || (this.writing.since !== null && this.input.value !== this.writing.read)) return
    if (this.input.value !== now.text) this.input.value = now.text
    this.writing = begin(now.text, now.seq)
  }
}
