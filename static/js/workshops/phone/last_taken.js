// When the server last took something of this person, in this tab: what was asked for before may come without it.
import { store } from "app/lib/storage.js"

export class LastTaken {
  #name
  /** By `now`, also after a reload; 0 where nothing was. */
  at = 0

  /** @param {string} board */
  constructor(board) {
    this.#name = `workshop-taken:${board}`
    this.at = Number(sessionStorage.getItem(this.#name))
  }

  /** The server has just taken something. */
  note() {
    this.at = now()
    store(sessionStorage, this.#name, String(this.at))
  }

  /** Whether that was after this page was asked for, as when it is loaded anew while something is being sent. */
  get isAfterPage() {
    return this.at >= performance.timeOrigin
  }
}

/** In ms, by a clock that all pages of a tab share and nobody sets. */
function now() {
  return performance.timeOrigin + performance.now()
}
