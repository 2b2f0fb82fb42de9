// A text field that many write in: sends as one types, shows others' words beside it, never under the caret (T2, T3).
import { begin, beside, due, reread, sent, struck } from "./writing.js"

/**
 * @typedef {object} Ways
 * @property {() => { text: string, seq: number } | null} now  the field as the board has it
 * @property {(text: string, base: number) => boolean | void} send
 * @property {(text: string | null) => void} [beside]  show others' words, or none
 * @property {() => boolean} [flying]  whether words of ours are on their way
 * @property {boolean} [blank]  whether it may be left without words
 */

export class Field {
  /** @type {any} */
  #timer = null
  #composing = false

  /**
   * @param {HTMLTextAreaElement | HTMLInputElement} input
   * @param {Ways} ways
   */
  constructor(input, ways) {
    this.input = input
    this.ways = ways
    const { text, seq } = ways.now() ?? { text: "", seq: 0 }
    this.writing = begin(text, seq)
    input.value = text
    input.addEventListener("focus", () => this.#reread())
    input.addEventListener("input", () => this.#typed())
    input.addEventListener("blur", () => this.leave())
    input.addEventListener("compositionstart", () => this.#setComposing(true))
    input.addEventListener("compositionend", () => this.#setComposing(false))
  }

  get isWritten() {
    return document.activeElement === this.input
  }

  /** The board has changed: where nobody writes the field follows, else others' words are shown beside it. */
  refresh() {
    const now = this.ways.now()
    if (!now) return
    if (!this.isWritten) return this.#reread()
    if (now.text === this.input.value && !this.ways.flying?.())
      this.writing = { ...this.writing, base: now.seq, read: now.text }
    const theirs = this.ways.flying?.() ? null : beside(this.writing, this.input.value, now.text)
    this.ways.beside?.(theirs)
  }

  /** Sends what is unsent, and lets the board's words in. */
  leave() {
    this.flush()
    this.ways.beside?.(null)
    if (!this.isWritten) queueMicrotask(() => this.#reread())
  }

  flush() {
    clearTimeout(this.#timer)
    const { value } = this.input
    if (this.writing.since === null || value === this.writing.read) return
    if (!value.trim() && !this.ways.blank) return
    if (this.ways.send(value, this.writing.base) !== false) this.writing = sent(this.writing, value)
  }

  #typed() {
    this.writing = struck(this.writing, performance.now())
    this.#plan()
  }

  #plan() {
    clearTimeout(this.#timer)
    if (this.#composing) return
    const wait = due(this.writing, performance.now())
    if (wait !== null) this.#timer = setTimeout(() => this.flush(), wait)
  }

  /** @param {boolean} composing */
  #setComposing(composing) {
    this.#composing = composing
    this.#plan()
  }

  /** Only where no key is unsent: typed words are never replaced. */
  #reread() {
    const now = this.ways.now()
    if (!now || (this.writing.since !== null && this.input.value !== this.writing.read)) return
    if (this.input.value !== now.text) this.input.value = now.text
    this.writing = reread(now.text, now.seq)
  }
}
