// What of a wall is on the screen: all its sections or one in turn, a page at a time, by arrow keys, links and buttons.
import { drawMaps } from "./map.js"
import { Pages } from "./pages.js"

const SMALL = { width: 640, height: 480 } // px: below that the wall is a page to scroll

export class Screen {
  #turn = ""
  #page = 0
  #listening = new AbortController()

  /** @param {HTMLElement} element that holds the sections */
  constructor(element) {
    this.element = element
    this.turns = /** @type {HTMLElement[]} */ ([...document.querySelectorAll("[data-turn]")])
    this.steps = /** @type {HTMLButtonElement[]} */ ([...document.querySelectorAll("[data-page-step]")])
    this.pages = new Pages(() => this.#fits())
    this.#listen()
    this.lay()
    document.fonts.ready.then(() => this.lay())
  }

  stop() {
    this.#listening.abort()
  }

  /** After a change of what is there or of the screen. */
  lay() {
    const all = /** @type {HTMLElement[]} */ ([...this.element.querySelectorAll(".wall-section")])
    const wanted = this.#turn ? all.filter((section) => section.id === `wall-${this.#turn}`) : all
    for (const section of all)
      section.toggleAttribute("data-turn-on", !!this.#turn && wanted.includes(section))
    this.pages.lay(all, wanted)
    this.#show(this.#page)
  }

  #fits() {
    const [width, height] = [window.innerWidth, window.innerHeight]
    drawMaps(this.element, height - edge(this.element))
    if (width < SMALL.width || height < SMALL.height) return true
    return this.element.getBoundingClientRect().bottom + window.scrollY + edge(this.element) <= height
  }

  /** @param {number} page */
  #show(page) {
    const count = this.pages.count
    this.#page = Math.max(0, Math.min(page, count - 1))
    this.pages.show(this.#page)
    drawMaps(this.element, window.innerHeight - edge(this.element))
    for (const link of this.turns) {
      if (link.dataset.turn === this.#turn) link.setAttribute("aria-current", "true")
      else link.removeAttribute("aria-current")
    }
    const counter = /** @type {HTMLElement} */ (document.querySelector("[data-pages]"))
    counter.toggleAttribute("data-one", count < 2)
    const words = `${this.#page + 1} of ${count}`
    const place = /** @type {HTMLElement} */ (counter.querySelector("[role=status]"))
    if (place.textContent !== words) place.textContent = words
    for (const step of this.steps) step.disabled = !inside(this.#page + Number(step.dataset.pageStep), count)
  }

  /** @param {string} turn @param {number} page */
  #turnTo(turn, page = 0) {
    this.#turn = turn
    this.#page = page
    this.lay()
  }

  /** To the next page, and from the last one to the next section. @param {number} by */
  #step(by) {
    if (inside(this.#page + by, this.pages.count)) return this.#show(this.#page + by)
    const all = this.turns.map((link) => link.dataset.turn ?? "")
    const next = all[(all.indexOf(this.#turn) + by + all.length) % all.length] ?? ""
    this.#turnTo(next, by < 0 ? Number.MAX_SAFE_INTEGER : 0)
  }

  #listen() {
    const listening = this.#listening
    document.addEventListener(
      "keydown",
      (event) => {
        const by = { ArrowRight: 1, ArrowLeft: -1 }[event.key]
        if (!by || event.altKey || event.ctrlKey || event.metaKey) return
        this.#step(by)
        event.preventDefault()
      },
      listening,
    )
    for (const link of this.turns)
      link.addEventListener(
        "click",
        (event) => {
          event.preventDefault()
          this.#turnTo(link.dataset.turn ?? "")
        },
        listening,
      )
    for (const step of this.steps)
      step.addEventListener("click", () => this.#show(this.#page + Number(step.dataset.pageStep)), listening)
    window.addEventListener("resize", () => this.lay(), listening)
  }
}

/** @param {number} page @param {number} count */
function inside(page, count) {
  return page >= 0 && page < count
}

/** What stays free at the foot of the screen, in px. @param {HTMLElement} element */
function edge(element) {
  return Number.parseFloat(getComputedStyle(/** @type {HTMLElement} */ (element.parentElement)).paddingBottom)
}
