// Parts what is on a wall into pages that fit its screen: whole sections, and of one that is taller than that its cards.

/** From which card of a section to which is on a page. @typedef {Map<HTMLElement, [number, number]>} Page */

const AT_ONCE = 80 // cards: no screen holds more that can be read

/** @param {HTMLElement} section */
const cardsOf = (section) =>
  /** @type {HTMLElement[]} */ ([...section.querySelectorAll(":scope > .wall-cards > *")])

export class Pages {
  /** What is not hidden. @type {Page} */
  #shown = new Map()
  /** @type {Page[]} */
  #pages = []

  /** @param {() => boolean} fits whether what is shown now is all on the screen */
  constructor(fits) {
    this.fits = fits
  }

  get count() {
    return this.#pages.length
  }

  /** @param {HTMLElement[]} all every section of the wall @param {HTMLElement[]} wanted those in turn */
  lay(all, wanted) {
    for (const section of all) {
      section.hidden = true
      for (const card of cardsOf(section)) card.hidden = true
    }
    this.#shown = new Map()
    this.#pages = []
    /** @type {Page} */
    let page = new Map()
    for (const section of wanted) {
      const end = cardsOf(section).length
      for (let from = 0; ; ) {
        if (this.#fit(page, section, from, end)) {
          page.set(section, [from, end])
          break
        }
        if (page.size) {
          this.#pages.push(page)
          page = new Map()
          continue
        }
        const to = this.#most(section, from, end)
        page.set(section, [from, to])
        if (to >= end) break // one card, or a map: nothing to part
        this.#pages.push(page)
        page = new Map()
        from = to
      }
    }
    if (page.size) this.#pages.push(page)
  }

  /** @param {number} at */
  show(at) {
    this.#show(this.#pages[at] ?? new Map())
  }

  /** @param {Page} page @param {HTMLElement} section @param {number} from @param {number} end */
  #fit(page, section, from, end) {
    if (end - from > AT_ONCE) return false
    this.#show(new Map([...page, [section, [from, end]]]))
    return this.fits()
  }

  /** Up to which card a screen holds the section, at least one. @param {HTMLElement} section @param {number} from @param {number} end */
  #most(section, from, end) {
    let [low, high] = [from + 1, Math.min(end, from + AT_ONCE)]
    while (low < high) {
      const middle = Math.ceil((low + high) / 2)
      if (this.#fit(new Map(), section, from, middle)) low = middle
      else high = middle - 1
    }
    return Math.min(low, end)
  }

  /** @param {Page} page */
  #show(page) {
    for (const [section, range] of this.#shown) hide(section, range, true)
    for (const [section, range] of page) hide(section, range, false)
    this.#shown = page
  }
}

/** @param {HTMLElement} section @param {[number, number]} range @param {boolean} hidden */
function hide(section, [from, to], hidden) {
  section.hidden = hidden
  section.toggleAttribute("data-goes-on", from > 0 && !hidden)
  for (const card of cardsOf(section).slice(from, to)) card.hidden = hidden
}
