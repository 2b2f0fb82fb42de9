// Says what happened: in a bar on the page, and to screen readers, by a polite live region and an assertive one.
import { byId, h } from "app/lib/dom.js"

const STAY = 7000
const MOST = 4

export class Announcer {
  /** @type {any} */
  #timer = null
  /** @type {any} */
  #voice = null

  /**
   * Says what the person has just done.
   * @param {string} text
   * @param {{ word: string, act: () => void }} [offer] a button, such as Undo
   */
  say(text, offer) {
    this.speak(offer ? `${text}. ${offer.word} is available.` : text)
    if (offer) this.#show(text, [offer], "")
  }

  /**
   * Says what must not be missed: not saved, connection lost, removed from the board.
   * @param {string} text
   * @param {...({ word: string, act: () => void } | undefined)} offers
   */
  warn(text, ...offers) {
    byId("say-now").textContent = text
    this.#show(text, offers, "warn")
  }

  /** Says, and shows for a while, what happened to the person by others. @param {string} text */
  notify(text) {
    this.speak(text)
    this.#show(text, [], "")
  }

  /**
   * Asks for a choice; stays until it is made or closed.
   * @param {string} text
   * @param {...{ word: string, act: () => void }} offers
   */
  ask(text, ...offers) {
    this.speak(text)
    this.#show(text, offers, "ask")
  }

  /** Speaks to screen readers only. @param {string} text */
  speak(text) {
    clearTimeout(this.#voice)
    const region = byId("say")
    this.#voice = setTimeout(() => {
      region.textContent = region.textContent === text ? `${text} ` : text.slice(0, 120)
    }, 100)
  }

  /** Removes the bar of what was said; a warning stays until it is closed, answered or over. */
  dismiss() {
    byId("notes").querySelector(".note-bar:not(.warn, .ask)")?.remove()
  }

  /** A warning is over. @param {string} text */
  withdraw(text) {
    for (const bar of byId("notes").children) if (bar.firstElementChild?.textContent === text) bar.remove()
  }

  /**
   * @param {string} text
   * @param {({ word: string, act: () => void } | undefined)[]} offers
   * @param {string} tone
   */
  #show(text, offers, tone) {
    const notes = byId("notes")
    const buttons = offers.map((offer) => {
      const onclick = () => {
        bar.remove()
        offer?.act()
      }
      return offer && h("button", { type: "button", text: offer.word, onclick })
    })
    const close = h("button", { type: "button", text: "Close", onclick: () => bar.remove() })
    const bar = h("div", { class: `note-bar ${tone}` }, h("span", { text }), ...buttons, close)
    if (tone) this.withdraw(text)
    else this.dismiss()
    notes.append(bar)
    while (notes.children.length > MOST) notes.firstElementChild?.remove()
    if (tone) return
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => this.#fade(), STAY)
  }

  /** Not while the pointer or the focus is on it. */
  #fade() {
    if (byId("notes").matches(":hover, :focus-within")) this.#timer = setTimeout(() => this.#fade(), 1000)
    else this.dismiss()
  }
}
