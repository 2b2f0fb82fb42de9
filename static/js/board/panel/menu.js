// A menu that acts when something is chosen by a click or by Enter. Arrow keys and letters only look through it (K4).

import { h } from "app/lib/dom.js"

/** @typedef {[string, string]} Choice value and words */

const WORD_ENDS = 1000 // ms without a letter after which a space no longer belongs to the words that are looked for
const OPENS_BY_ARROWS = /Mac/

let count = 0

export class Menu {
  /** What the board says: what is shown when nobody is choosing. @type {{ choices: Choice[], value: string }} */
  #board = { choices: [], value: "" }
  #drawn = ""
  /** Looked through by keys, and not chosen yet. */
  #pending = false
  /** The list may lie open. */
  #open = false
  #byKey = false
  #lastLetter = -WORD_ENDS

  /**
   * @param {string} label
   * @param {(value: string) => void} [chosen] absent where it only holds a value for a button
   */
  constructor(label, chosen) {
    const id = `menu-${++count}`
    this.chosen = chosen
    this.hint = h("p", {
      class: "hint",
      id: `${id}-hint`,
      text: "Enter chooses it, Escape leaves it.",
      hidden: true,
    })
    this.select = h("select", {
      id,
      "aria-describedby": chosen && this.hint.id,
      onchange: () => this.#changed(),
      onkeydown: (/** @type {KeyboardEvent} */ event) => this.#key(event),
      onkeyup: () => this.#looked(),
      onpointerdown: () => this.#opened(),
      onblur: () => this.#release(),
    })
    this.element = h("div", { class: "one" }, h("label", { for: id, text: label }), this.select, this.hint)
  }

  get value() {
    return this.select.value
  }

  focus() {
    this.select.focus()
  }

  /**
   * What the board says now. While somebody is choosing the list stays as it is.
   * @param {Choice[]} choices
   * @param {string} value
   */
  show(choices, value) {
    this.#board = { choices, value }
    if (!this.#pending && !this.#open) this.#draw()
  }

  #draw() {
    const { choices, value } = this.#board
    const signature = JSON.stringify(choices)
    if (this.#drawn !== signature) {
      this.#drawn = signature
      this.select.replaceChildren(
        ...choices.map(([each, words]) => h("option", { value: each, text: words })),
      )
    }
    if (this.select.value !== value) this.select.value = value
  }

  #changed() {
    this.#open = false
    if (!this.chosen) this.#board.value = this.value
    else if (this.#byKey) this.#setPending(this.value !== this.#board.value)
    else this.#choose()
  }

  #choose() {
    this.#setPending(false)
    this.chosen?.(this.value)
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    const { key, timeStamp } = event
    if (this.#pending && (key === "Enter" || key === "Escape")) {
      event.preventDefault()
      event.stopPropagation()
      if (key === "Enter") this.#choose()
      else this.#release()
      return
    }
    const inWord = timeStamp - this.#lastLetter < WORD_ENDS
    if (key.length === 1 && (key !== " " || inWord)) this.#lastLetter = timeStamp
    if (opens(event, inWord)) this.#opened()
    else [this.#byKey, this.#open] = [true, false]
  }

  /** A key has done what it does. */
  #looked() {
    this.#byKey = false
  }

  #opened() {
    this.#open = true
    this.#byKey = false
  }

  /** Left without a choice. */
  #release() {
    this.#open = this.#byKey = false
    this.#setPending(false)
    this.#draw()
  }

  /** @param {boolean} pending */
  #setPending(pending) {
    this.#pending = pending
    this.hint.hidden = !pending
  }
}

/**
 * Whether the key opens the list: then what follows is a choice.
 * @param {KeyboardEvent} event
 * @param {boolean} inWord
 */
function opens({ key, altKey }, inWord) {
  if (key === " ") return !inWord
  if (key.startsWith("Arrow")) return altKey || OPENS_BY_ARROWS.test(navigator.platform)
  return key === "Enter" || key === "F4"
}
