// Says what happened: in a bar on the page, and to screen readers, by a polite live region and an assertive one.
import { byId, h } from "app/lib/dom.js"
import { forceFocus } from "app/lib/forced_focus.js"

const STAY = 7000
const MOST = 4
const OVER = "The message you were on is over."

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
    this.#remove(byId("notes").querySelector(".note-bar:not(.warn, .ask)"))
  }

  /** A warning is over. @param {string} text */
  withdraw(text) {
    for (const bar of [...byId("notes").children]) if (isOf(bar, text)) this.#remove(bar)
  }

  /** Removes a bar by itself. If somebody is on it, the focus goes to the next bar, else to the board (K2). @param {Element | null} bar */
  #remove(bar) {
    if (!bar) return
    const next = bar.contains(document.activeElement) ? neighbour(bar) : null
    bar.remove()
    if (!next) return
    forceFocus(next)
    this.speak(OVER)
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
    const bar = h("div", { class: `note-bar ${tone}` }, h("span", { text }), h("div", {}, ...buttons, close))
    const old = [...notes.children].filter((each) => (tone ? isOf(each, text) : !each.matches(".warn")))
    notes.append(bar) // first, so that the focus of an old one goes to it
    for (const each of old) this.#remove(each)
    while (notes.children.length > MOST) this.#remove(notes.firstElementChild)
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

/** @param {Element} bar @param {string} text */
function isOf(bar, text) {
  return bar.firstElementChild?.textContent === text
}

/** Where the focus belongs when a bar goes: another bar, else the panel that is open, else the board. @param {Element} bar @returns {HTMLElement} */
function neighbour(bar) {
  const other = bar.nextElementSibling ?? bar.previousElementSibling
  return other?.querySelector("button") ?? byId("board-panel").querySelector("button.close") ?? byId("canvas")
}
