// One section at a time on a small screen; and on every screen, sections that are fetched when opened or scrolled to.
import { forgetWhatCame, partOf, want } from "./opened.js"
import { drawSectionLinks } from "./section_links.js"

const SMALL = "(max-width: 40rem)"
const AHEAD = "300px" // a section that comes this near is fetched

export class SectionSwitch {
  #listening = new AbortController()
  /** What a link led to, in a section that is not here yet. */
  #target = ""
  /** @type {{ item: string, resolve: (nothing: undefined) => void }[]} */
  #awaited = []
  #observer = new IntersectionObserver(
    (entries) => {
      for (const { isIntersecting, target } of entries)
        if (isIntersecting) this.#fetch(/** @type {HTMLElement} */ (target.closest("[data-part]")))
    },
    { rootMargin: AHEAD },
  )

  /**
   * @param {HTMLElement} root the outline
   * @param {(id: string) => void} fetch asks for the cards of a section
   */
  constructor(root, fetch) {
    this.root = root
    this.fetch = fetch
    this.nav = /** @type {HTMLElement} */ (document.getElementById("sections"))
    const { signal } = this.#listening
    document.addEventListener("click", (event) => this.#clicked(event), { signal })
    window.addEventListener("hashchange", () => this.#toHash(), { signal })
    if (location.hash) this.#toHash()
    this.update()
  }

  /** The section that a small screen shows. */
  get current() {
    return this.root.querySelector("[data-current]")?.getAttribute("data-part") ?? ""
  }

  /** After sections came, went or changed. */
  update() {
    if (!this.current) this.#mark(this.root.querySelector("[data-part]")?.getAttribute("data-part") ?? "")
    drawSectionLinks(this.root, this.nav, this.current)
    const came = forgetWhatCame()
    for (const place of this.root.querySelectorAll("[data-unopened], .more-cards")) {
      // Observed afresh it says where it is: one that is near still, or near again within a frame, says nothing else.
      if (came) this.#observer.unobserve(place)
      this.#observer.observe(place)
    }
    if (this.#target && document.getElementById(this.#target)) this.#toTarget()
    this.#awaited = this.#awaited.filter(({ item, resolve }) => {
      const here = document.getElementById(`slot-${item}`)
      if (here) resolve(undefined)
      return !here
    })
    this.#dropAdded(":not([data-partly])")
  }

  /** After an undo: the line about the card added last goes, unless that is still here. */
  undone() {
    this.#dropAdded("")
  }

  /** @param {string} which parts, as a selector */
  #dropAdded(which) {
    for (const line of this.root.querySelectorAll(`[data-part]${which} > .add > [data-added]`))
      if (!document.getElementById(`card-${line.getAttribute("data-added")}`)) line.remove()
  }

  /** Shows the section that an element is in. @param {Element | null} element */
  reveal(element) {
    const id = element?.closest("[data-part]")?.getAttribute("data-part")
    if (id && id !== this.current && matchMedia(SMALL).matches) this.show(id)
  }

  /** Lets a card that was just added be seen, where its box is at the foot of the window. @param {string} [id] */
  bringIntoView(id) {
    const card = id && matchMedia(SMALL).matches && document.getElementById(`card-${id}`)
    if (card) card.scrollIntoView({ block: "nearest" })
  }

  /** @param {string} id */
  show(id) {
    const part = document.getElementById(`part-${id}`)
    if (!part) return
    this.#mark(id)
    history.replaceState(history.state, "", `?section=${encodeURIComponent(id)}`)
    drawSectionLinks(this.root, this.nav, id)
    this.#open(part)
    if (matchMedia(SMALL).matches) this.#toTop()
    else part.scrollIntoView()
  }

  /** Fetches the section that an item is in, unless it is here. @param {string} item @param {string} board */
  async bring(item, board) {
    if (document.getElementById(`slot-${item}`)) return
    const part = await partOf(item, board)
    const place = document.getElementById(`part-${part}`)
    if (!place) return
    await new Promise((resolve) => {
      this.#awaited.push({ item, resolve })
      this.#fetch(place, item)
    })
  }

  stop() {
    this.#listening.abort()
    this.#observer.disconnect()
  }

  /** @param {HTMLElement} part */
  #open(part) {
    if (part.dataset.unopened !== undefined) this.#fetch(part)
  }

  /** Fetches more of a section, up to a card if one is named. @param {HTMLElement} part @param {string} [card] */
  #fetch(part, card) {
    want(part, card)
    this.fetch(part.dataset.part ?? "")
  }

  /** @param {string} id */
  #mark(id) {
    for (const part of this.root.querySelectorAll("[data-part]"))
      part.toggleAttribute("data-current", part.getAttribute("data-part") === id)
  }

  #toTop() {
    const list = this.nav.querySelector("ul")
    const chip = /** @type {HTMLElement | null} */ (this.nav.querySelector("[aria-current]"))
    list?.scrollTo({ left: (chip?.offsetLeft ?? 0) - 24 })
    const top = this.nav.getBoundingClientRect().top + scrollY
    const above = this.root.getBoundingClientRect().top + scrollY - this.nav.offsetHeight
    if (scrollY > above) scrollTo({ top: Math.min(top, above), behavior: "instant" })
  }

  /** @param {MouseEvent} event */
  #clicked(event) {
    if (event.defaultPrevented || event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey)
      return
    const link = event.target instanceof Element && event.target.closest('a[href^="outline?section="]')
    if (!(link instanceof HTMLAnchorElement) || link.dataset.dismiss !== undefined) return
    const { searchParams, hash } = new URL(link.href)
    const id = searchParams.get("section") ?? ""
    const part = document.getElementById(`part-${id}`)
    if (!part) return // it came after this page: the link brings it
    event.preventDefault()
    if (!searchParams.has("all")) this.show(id)
    this.#target = hash.startsWith("#card-") ? hash.slice(1) : ""
    if (document.getElementById(this.#target)) this.#toTarget()
    else if (this.#target || searchParams.has("all")) this.#fetch(part, this.#target.slice("card-".length))
  }

  #toTarget() {
    const id = this.#target
    this.#target = ""
    location.hash = id
    document.getElementById(id)?.focus({ preventScroll: true })
  }

  #toHash() {
    const element = document.getElementById(decodeURIComponent(location.hash.slice(1)))
    if (!element || !this.root.contains(element)) return
    const { hash } = location
    this.reveal(element)
    if (location.hash !== hash) history.replaceState(history.state, "", hash)
    element.scrollIntoView()
  }
}
