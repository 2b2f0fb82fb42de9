// The dark bar at the bottom: what others changed since one last looked, as a line and as a list of links.
import { store } from "app/lib/storage.js"
import { describe, mergeNews, summary } from "./news.js"

/** @typedef {import("./news.js").Entry} Entry */
/** @typedef {import("./voice.js").Level} Level */

const LEVEL = "throughline:voice"

export class Bar {
  /** @type {Entry[]} */
  #entries = []

  /**
   * @param {HTMLElement} root
   * @param {(level: Level) => void} onLevel
   */
  constructor(root, onLevel) {
    this.root = root
    this.words = find(root, "#news-words")
    this.show = find(root, "#news-show")
    this.list = find(root, "#news-list")
    const level = /** @type {HTMLSelectElement} */ (find(root, "#news-level"))
    level.value = localStorage.getItem(LEVEL) ?? "summary"
    onLevel(/** @type {Level} */ (level.value))
    level.addEventListener("change", () => {
      store(localStorage, LEVEL, level.value)
      onLevel(/** @type {Level} */ (level.value))
    })
    this.show.addEventListener("click", () => this.#open(this.list.hidden === true))
    find(root, "#news-close").addEventListener("click", () => this.#clear())
    root.addEventListener("click", (event) => {
      if (event.target instanceof HTMLAnchorElement) this.#open(false)
    })
  }

  /** @param {Entry[]} fresh */
  add(fresh) {
    this.#entries = mergeNews(this.#entries, fresh)
    this.words.textContent = summary(this.#entries)
    this.root.hidden = this.#entries.length === 0
    const list = find(this.root, "ul")
    list.replaceChildren(...this.#entries.map((entry) => row(entry)))
  }

  /** @param {boolean} open */
  #open(open) {
    this.list.hidden = !open
    this.show.setAttribute("aria-expanded", String(open))
    this.show.textContent = open ? "Hide" : "Show"
  }

  #clear() {
    this.#entries = []
    this.#open(false)
    this.root.hidden = true
    document.getElementById("main")?.focus({ preventScroll: true })
  }
}

/** @param {Entry} entry */
function row(entry) {
  const item = document.createElement("li")
  const words = document.createElement(entry.happening === "gone" ? "span" : "a")
  if (words instanceof HTMLAnchorElement) words.href = `#${entry.id}`
  words.textContent = describe(entry)
  item.append(words)
  return item
}

/**
 * @param {ParentNode} root
 * @param {string} selector
 */
function find(root, selector) {
  return /** @type {HTMLElement} */ (root.querySelector(selector))
}
