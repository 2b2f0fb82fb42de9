// Speaks to screen readers by the announcement policy: own acts at once, others' gathered, alarms only when needed.
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
   * What I did myself.
   * @param {string} text
   */
  own(text) {
    // What others did waits until this has been heard.
    this.#quietUntil = Math.max(this.#quietUntil, this.now() + OWN_FIRST)
    this.#say(text)
  }

  /**
   * Connection lost, not saved, removed: what cannot wait.
   * @param {string} text
   */
  alarm(text) {
    this.mouth.assertive(text.slice(0, LONGEST))
  }

  /**
   * What others did.
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
      // The second "Saved." is as new as the first, but would not be heard without a change in between.
      if (text === this.#spoken) this.mouth.polite("")
      this.#spoken = text.slice(0, LONGEST)
      this.mouth.polite(this.#spoken)
    }, SETTLE)
  }
}
