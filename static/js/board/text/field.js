// A text field that many write in: sends as one types, and takes in others' words where nobody is typing (T2, T3).
import { rebase } from "./rebase.js"
import { TextBox } from "./text_box.js"
import { withoutUnfinished } from "./unfinished.js"
import { begin, LONGEST, rebased, sendDelay, sent, typed, unfinishedDelay } from "./writing.js"

/**
 * @typedef {object} Options
 * @property {() => { text: string, seq: number } | null} now  the field as the board has it
 * @property {(text: string, from: { text: string, seq: number }) => boolean | void} send  `from`: what it was made of
 * @property {(text: string | null) => void} [showOthers]  show others' text, or none
 * @property {() => boolean} [isSending]  whether words of ours are on their way
 * @property {() => boolean} [isShared]  whether somebody else has it open
 * @property {() => void} [takenBack]  all that was typed was taken back in the box
 * @property {boolean} [blank]  whether it may be left without words
 */

export class Field {
  /** @type {any} */
  #timer = null
  /** Whether what is to be sent waits for the answer to what was sent before. */
  #waiting = false
  /** Whether others' words stand next to the box. */
  #beside = false

  /**
   * @param {HTMLTextAreaElement | HTMLInputElement} input
   * @param {Options} options
   */
  constructor(input, options) {
    this.input = input
    this.options = options
    const { text, seq } = options.now() ?? { text: "", seq: 0 }
    this.writing = begin(text, seq)
    this.box = new TextBox(input, { typed: () => this.#typed(), composed: () => this.#composed() })
    this.box.replace(text)
    input.addEventListener("focus", () => this.#takeText())
    input.addEventListener("blur", () => this.leave())
    for (const event of ["keyup", "pointerup"])
      input.addEventListener(event, () => this.#beside && this.refresh())
  }

  get isWritten() {
    return document.activeElement === this.input
  }

  /** The board has changed, or the caret has moved on: others' words come in, or are shown next to the field. */
  refresh() {
    const now = this.options.now()
    if (!now) return
    if (!this.isWritten) return this.#takeText()
    if (this.box.composing || this.options.isSending?.()) return
    const { text, selection } = this.box
    const { above, below, read, rest } = rebase(this.writing.read, text, now.text, selection)
    this.box.takeIn(above, below)
    this.writing = rebased(this.writing, read, rest === null ? now.seq : null)
    this.#showOthers(rest)
    if (this.#waiting) this.#sendFinished()
  }

  /** Sends what is unsent, then takes the text that the board has. */
  leave() {
    this.flush()
    this.#showOthers(null)
    if (!this.isWritten) queueMicrotask(() => this.#takeText())
  }

  /** What is typed and not sent; null where there is nothing. */
  get unsent() {
    const { text } = this.box
    return this.writing.since === null || text === this.writing.read ? null : text
  }

  /** Sends all that is unsent. */
  flush() {
    this.#stop()
    this.#send(this.box.text, null)
    if (this.box.isTakenBack && this.unsent === null) this.options.takenBack?.()
  }

  /** Sends what is unsent, but a word in the making that touches the next one only after a rest. */
  #sendFinished() {
    this.#stop()
    if (this.box.composing) return
    const { text, caret } = this.box
    const now = performance.now()
    const rest = unfinishedDelay(this.writing, now, this.#isShared())
    const finished = rest ? withoutUnfinished(this.writing.read, text, caret) : text
    if (this.#mustWait(now)) return
    this.#send(finished, finished === text ? null : now)
    if (finished !== text) this.#timer = setTimeout(() => this.#sendFinished(), rest)
  }

  /** What was sent is answered first, so that others' words can come in between; but not for ever. @param {number} now */
  #mustWait(now) {
    const wait = (this.writing.since ?? now) + LONGEST - now
    if (!this.options.isSending?.() || wait <= 0) return false
    this.#waiting = true
    this.#timer = setTimeout(() => this.#sendFinished(), wait)
    return true
  }

  #stop() {
    clearTimeout(this.#timer)
    this.#waiting = false
  }

  /**
   * @param {string} text
   * @param {number | null} since see `sent`
   */
  #send(text, since) {
    const { read, base } = this.writing
    if (this.writing.since === null || text === read) return
    if (!text.trim() && !this.options.blank) return
    if (this.options.send(text, { text: read, seq: base }) !== false)
      this.writing = sent(this.writing, text, since)
  }

  #typed() {
    this.writing = typed(this.writing, performance.now())
    this.#plan()
  }

  #plan() {
    if (this.#waiting) return
    this.#stop()
    if (this.box.composing) return
    const wait = sendDelay(this.writing, performance.now(), this.#isShared())
    if (wait !== null) this.#timer = setTimeout(() => this.#sendFinished(), wait)
  }

  #composed() {
    this.#plan()
    if (!this.box.composing) this.refresh()
  }

  /** @param {string | null} text */
  #showOthers(text) {
    this.#beside = text !== null
    this.options.showOthers?.(text)
  }

  #isShared() {
    return this.options.isShared?.() ?? false
  }

  /** Takes the text that the board has, but never replaces unsent text. */
  #takeText() {
    const now = this.options.now()
    if (!now || (this.writing.since !== null && this.box.text !== this.writing.read)) return
    if (this.box.text !== now.text || !this.isWritten) this.box.replace(now.text)
    this.writing = begin(now.text, now.seq)
  }
}
