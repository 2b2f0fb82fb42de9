// A text field that many write in: sends as one types, shows others' text below it, never changes it (T2, T3).
import { withoutUnfinished } from "./unfinished.js"
import { begin, othersText, sendDelay, sent, typed, unfinishedDelay } from "./writing.js"

/**
 * @typedef {object} Options
 * @property {() => { text: string, seq: number } | null} now  the field as the board has it
 * @property {(text: string, from: { text: string, seq: number }) => boolean | void} send  `from`: what it was made of
 * @property {(text: string | null) => void} [showOthers]  show others' text, or none
 * @property {() => boolean} [isSending]  whether words of ours are on their way
 * @property {() => boolean} [isShared]  whether somebody else has it open
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

  /** Sends all that is unsent. */
  flush() {
    clearTimeout(this.#timer)
    this.#send(this.input.value, null)
  }

  /** Sends what is unsent, but a word in the making that touches the next one only after a rest. */
  #sendFinished() {
    const { value, selectionStart, selectionEnd } = this.input
    const now = performance.now()
    const wait = unfinishedDelay(this.writing, now, this.#isShared())
    const caret = selectionStart === selectionEnd ? selectionStart : null
    const finished = wait ? withoutUnfinished(this.writing.read, value, caret) : value
    if (finished === value) return this.flush()
    this.#send(finished, now)
    this.#timer = setTimeout(() => this.#sendFinished(), wait)
  }

  /**
   * @param {string} text
   * @param {number | null} since see `sent`
   */
  #send(text, since) {
    if (this.writing.since === null || text === this.writing.read) return
    if (!text.trim() && !this.options.blank) return
    const { read, base } = this.writing
    if (this.options.send(text, { text: read, seq: base }) !== false)
      this.writing = sent(this.writing, text, since)
  }

  #typed() {
    this.writing = typed(this.writing, performance.now())
    this.#plan()
  }

  #plan() {
    clearTimeout(this.#timer)
    if (this.#composing) return
    const wait = sendDelay(this.writing, performance.now(), this.#isShared())
    if (wait !== null) this.#timer = setTimeout(() => this.#sendFinished(), wait)
  }

  #isShared() {
    return this.options.isShared?.() ?? false
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
