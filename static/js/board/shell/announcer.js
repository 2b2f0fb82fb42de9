// Says what happened: in a bar that can be seen, and to those who listen. One polite voice and one that interrupts.
import { byId, h } from "app/lib/dom.js"

const STAY = 7000
const MOST = 4

export class Announcer {
  /** @type {any} */
  #timer = null
  /** @type {any} */
  #voice = null

  /**
   * One's own act, at once.
   * @param {string} text
   * @param {{ word: string, act: () => void }} [offer] a button, such as Undo
   */
  say(text, offer) {
    this.speak(offer ? `${text}. ${offer.word} is available.` : text)
    if (offer) this.#show(text, offer, "")
  }

  /**
   * What must not be missed: not saved, connection lost, removed from the board.
   * @param {string} text
   * @param {{ word: string, act: () => void }} [offer]
   */
  warn(text, offer) {
    byId("say-now").textContent = text
    this.#show(text, offer, "warn")
  }

  /** To those who listen, alone. @param {string} text */
  speak(text) {
    clearTimeout(this.#voice)
    const region = byId("say")
    this.#voice = setTimeout(() => {
      region.textContent = region.textContent === text ? `${text} ` : text.slice(0, 120)
    }, 100)
  }

  /** Puts away what was only told; a warning stays until it is closed, answered or over. */
  dismiss() {
    byId("notes").querySelector(".note-bar:not(.warn)")?.remove()
  }

  /** A warning is over. @param {string} text */
  over(text) {
    for (const bar of byId("notes").children) if (bar.firstElementChild?.textContent === text) bar.remove()
  }

  /**
   * @param {string} text
   * @param {{ word: string, act: () => void } | undefined} offer
   * @param {string} tone
   */
  #show(text, offer, tone) {
    const notes = byId("notes")
    const act = () => {
      bar.remove()
      offer?.act()
    }
    const button = offer && h("button", { type: "button", text: offer.word, onclick: act })
    const close = h("button", { type: "button", text: "Close", onclick: () => bar.remove() })
    const bar = h("div", { class: `note-bar ${tone}` }, h("span", { text }), button, close)
    if (tone) this.over(text)
    else this.dismiss()
    notes.append(bar)
    while (notes.children.length > MOST) notes.firstElementChild?.remove()
    if (tone) return
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => this.#fade(), STAY)
  }

  /** Not while somebody is on their way to its button. */
  #fade() {
    if (byId("notes").matches(":hover, :focus-within")) this.#timer = setTimeout(() => this.#fade(), 1000)
    else this.dismiss()
  }
}
