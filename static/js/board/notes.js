// Says what happened: in a bar that can be seen, and to those who listen. One polite voice and one that interrupts.
import { byId, h } from "./dom.js"

const STAY = 7000

export class Notes {
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

  clear() {
    byId("notes").replaceChildren()
  }

  /**
   * @param {string} text
   * @param {{ word: string, act: () => void } | undefined} offer
   * @param {string} tone
   */
  #show(text, offer, tone) {
    clearTimeout(this.#timer)
    const act = () => {
      this.clear()
      offer?.act()
    }
    const button = offer && h("button", { type: "button", text: offer.word, onclick: act })
    const close = h("button", { type: "button", text: "Close", onclick: () => this.clear() })
    byId("notes").replaceChildren(h("div", { class: `note-bar ${tone}` }, h("span", { text }), button, close))
    if (!tone) this.#timer = setTimeout(() => this.#fade(), STAY)
  }

  /** Not while somebody is on their way to its button. */
  #fade() {
    if (byId("notes").matches(":hover, :focus-within")) this.#timer = setTimeout(() => this.#fade(), 1000)
    else this.clear()
  }
}
