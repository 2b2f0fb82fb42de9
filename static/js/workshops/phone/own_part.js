// What is one's own on the phone: asked for once the room has moved on, and again where the server did not give it.
import { assertOwn } from "app/lib/own_answer.js"

const SPREAD = 2000 // ms over which phones ask, when all move on at once
const AGAIN = 5000 // ms over which they ask once more
const BUSY = [429, 503] // answers of a server that may give it later

export class OwnPart {
  /** @type {any} */
  #timer = null
  #stopped = false

  /**
   * @param {string} board
   * @param {(html: string) => void} take the page as it is for this person
   * @param {{ at: number }} lastTaken when the server last took something of theirs
   */
  constructor(board, take, lastTaken) {
    this.board = board
    this.take = take
    this.lastTaken = lastTaken
  }

  /** Asks until it is there, or is refused for good. @param {number} [spread] ms within which it begins */
  askSoon(spread = SPREAD) {
    clearTimeout(this.#timer)
    if (!this.#stopped) this.#timer = setTimeout(() => this.#try(), Math.random() * spread)
  }

  /**
   * Whether the server gave it, or never will. Raises an error where our server does not answer.
   * An answer that may be older than what the server took meanwhile is not taken: it is asked for once more.
   * @returns {Promise<boolean>}
   */
  async ask() {
    const before = this.lastTaken.at
    const asked = { headers: { "hx-request": "true", accept: "text/html" } }
    const answer = assertOwn(await fetch(`/boards/${this.board}/take-part`, asked))
    const html = await answer.text()
    if (this.lastTaken.at !== before) return this.ask()
    if (answer.ok) this.take(html)
    return !BUSY.includes(answer.status)
  }

  stop() {
    this.#stopped = true
    clearTimeout(this.#timer)
  }

  async #try() {
    const timer = this.#timer
    const answered = await this.ask().catch(() => false)
    if (!answered && timer === this.#timer) this.askSoon(AGAIN) // else it is asked for anew already
  }
}
