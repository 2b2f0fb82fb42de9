// Draws changed parts again: what came drawn at once, what must be asked for a second after the first news of it, and one
// thing at a time.
import { assertOwn } from "app/lib/own_answer.js"
import htmx from "htmx.org"
import { openedHeader } from "./opened.js"
import { unpack } from "./packed.js"
import { patch } from "./patch.js"

const WAIT = 1000
const AGAIN = 5000 // ms until parts that could not be fetched are asked for again
const PATIENCE = 10_000
const HELD = 3000 // ms that news waits at most for the answer to one's own form

export class Refresh {
  /** @type {Set<string> | null} null: all parts */
  #asked = new Set()
  /** @type {any} */
  #timer = null
  /** What came drawn and is not on the page yet. @type {import("app/board/schema.js").News[]} */
  #drawn = []
  /** @type {any} */
  #held = null
  #busy = false
  #failed = false

  /**
   * @param {string} board
   * @param {{ before: () => void, after: () => void, failed: () => void, recovered: () => void }} handlers
   */
  constructor(board, handlers) {
    this.board = board
    this.handlers = handlers
  }

  /** @param {string[] | null} ids null: anything may have changed @param {number} [wait] ms */
  ask(ids, wait = WAIT) {
    if (ids === null || this.#asked === null) this.#asked = null
    else for (const id of ids) this.#asked.add(id)
    this.#timer ??= setTimeout(() => this.#draw(), wait)
  }

  /** What changed came drawn. @param {import("app/board/schema.js").News} news */
  show(news) {
    this.#drawn.push(news)
    this.#showNext()
  }

  /** A form is on its way: what it does comes with its answer, and is no news. */
  hold() {
    clearTimeout(this.#held)
    this.#held = setTimeout(() => this.release(), HELD)
  }

  /** It has been answered. */
  release() {
    clearTimeout(this.#held)
    this.#held = null
    this.#showNext()
  }

  stop() {
    clearTimeout(this.#timer)
    clearTimeout(this.#held)
  }

  async #showNext() {
    if (this.#busy || this.#held !== null) return
    const news = this.#drawn.shift()
    if (!news) return
    if (news.ask === null) this.ask(null)
    this.#busy = true
    try {
      const { parts, ask } = patch(document, { ...news, cards: await unpack(news.cards) })
      if (parts.length) await this.#swapParts(parts)
      if (ask.length) this.ask(ask)
    } catch {
      this.ask(null) // what cannot be worked in is asked for
    }
    this.#free()
  }

  #free() {
    this.#busy = false
    this.#showNext()
  }

  async #draw() {
    this.#timer = null
    if (this.#busy) return this.ask([])
    const asked = this.#asked
    this.#asked = new Set()
    if (asked?.size === 0) return
    this.#busy = true
    try {
      await (asked ? this.#some([...asked]) : this.#all())
      if (this.#failed) this.handlers.recovered()
      this.#failed = false
    } catch {
      this.#failed = true
      this.handlers.failed()
      this.ask(asked && [...asked], AGAIN)
    } finally {
      this.#free()
    }
  }

  /** @param {string[]} ids */
  async #some(ids) {
    const there = ids.every((id) => document.getElementById(`part-${id}`))
    const text = there ? await this.#fetch(`/parts/${ids.join(",")}`) : null
    if (text === null) return this.#all()
    const parts = [...new DOMParser().parseFromString(text, "text/html").querySelectorAll("[data-part]")]
    if (parts.length < ids.length || parts.some(isElsewhere)) return this.#all()
    await this.#swapParts(parts)
  }

  /** @param {Element[]} parts */
  async #swapParts(parts) {
    const body = parts.map(
      (part) => `<hx-partial hx-target="#${part.id}" hx-swap="outerMorph">${part.outerHTML}</hx-partial>`,
    )
    await this.#swap("#parts", "none", body.join(""))
  }

  async #all() {
    const text = await this.#fetch("/parts")
    if (!text?.includes("data-part=")) throw new Error("The answer is not the outline, but another page.")
    await this.#swap("#parts", "innerMorph", text)
  }

  /** @param {string} path */
  async #fetch(path) {
    const asked = fetch(`/boards/${this.board}${path}`, {
      headers: {
        "hx-request": "true",
        "hx-current-url": location.href,
        accept: "text/html",
        ...openedHeader(),
      },
      signal: AbortSignal.timeout(PATIENCE),
    })
    const answer = assertOwn(await asked)
    const to = answer.headers.get("hx-redirect")
    if (to) location.href = to // signed out: keep_words.js keeps what was typed
    if (!answer.ok && answer.status !== 404)
      throw new Error(`The outline could not be read: ${answer.status}`)
    return answer.ok ? answer.text() : null
  }

  /**
   * @param {string} target
   * @param {string} swap
   * @param {string} text
   */
  async #swap(target, swap, text) {
    this.handlers.before()
    const element = document.querySelector(target) ?? undefined
    await htmx.swap({ sourceElement: element, target: element, swap, text })
    this.handlers.after()
  }
}

/**
 * Whether a section has another position now than on the page.
 * @param {Element} part
 */
function isElsewhere(part) {
  return document.getElementById(part.id)?.dataset.order !== part.getAttribute("data-order")
}
