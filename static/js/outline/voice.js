// Speaks to screen readers: own acts at once, others' acts collected, alarms only when needed.
import { describe, summary } from "./news.js"

/** @typedef {import("./news.js").Entry} Entry */
/** @typedef {"off" | "summary" | "all"} Level */

const GATHER = 10_000 // others' acts: at most one line in this time
const SETTLE = 100 // a later sentence replaces one that has not been spoken yet
const OWN_FIRST = 4000
const LONGEST = 120

export class Voice {
  #spoken = ""
  /** @type {any} */
  #soon = null
  /** @type {any} */
  #gathering = null
  /** @type {Entry[]} */
  #waiting = []
  #quietUntil = 0

  /**
   * @param {{ polite: (text: string) => void, assertive: (text: string) => void, now?: () => number }} mouth
   * @param {Level} [level]
   */
  constructor(mouth, level = "summary") {
    this.mouth = mouth
    this.now = mouth.now ?? (() => Date.now())
    /** @type {Level} */
    this.level = level
  }

  /**
   * Says what the person did themselves.
   * @param {string} text
   */
  own(text) {
    // What others did waits until this has been spoken.
    this.#quietUntil = Math.max(this.#quietUntil, this.now() + OWN_FIRST)
    this.#say(text)
  }

  /**
   * Says what cannot wait: connection lost, not saved, removed.
   * @param {string} text
   */
  alarm(text) {
    this.mouth.assertive(text.slice(0, LONGEST))
  }

  /**
   * Says what others did.
   * @param {Entry[]} entries
   */
  others(entries) {
    if (this.level === "off" || entries.length === 0) return
    this.#waiting.push(...entries)
    if (this.#gathering) return
    const wait = Math.max(0, this.#quietUntil - this.now())
    this.#gathering = setTimeout(() => this.#tell(), wait)
  }

  stop() {
    clearTimeout(this.#soon)
    clearTimeout(this.#gathering)
  }

  #tell() {
    this.#gathering = null
    this.#quietUntil = this.now() + GATHER
    const said = this.level === "all" ? this.#waiting.map(describe).join(". ") : summary(this.#waiting)
    this.#waiting = []
    this.#say(said)
  }

  /** @param {string} text */
  #say(text) {
    clearTimeout(this.#soon)
    this.#soon = setTimeout(() => {
      // Screen readers speak only changes: a second "Saved." would not be spoken without this.
      if (text === this.#spoken) this.mouth.polite("")
      this.#spoken = text.slice(0, LONGEST)
      this.mouth.polite(this.#spoken)
    }, SETTLE)
  }
}
