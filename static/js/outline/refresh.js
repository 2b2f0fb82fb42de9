// Draws changed parts again, a second after the first news of them, one request at a time.
import { assertOwn } from "app/lib/own_answer.js"
import htmx from "htmx.org"
import { openedHeader } from "./opened.js"

const WAIT = 1000
const AGAIN = 5000 // ms until parts that could not be fetched are asked for again
const PATIENCE = 10_000

export class Refresh {
  /** @type {Set<string> | null} null: all parts */
  #asked = new Set()
  /** @type {any} */
  #timer = null
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

  stop() {
    clearTimeout(this.#timer)
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
      this.#busy = false
    }
  }

  /** @param {string[]} ids */
  async #some(ids) {
    const there = ids.every((id) => document.getElementById(`part-${id}`))
    const text = there ? await this.#fetch(`/parts/${ids.join(",")}`) : null
    if (text === null) return this.#all()
    const parts = [...new DOMParser().parseFromString(text, "text/html").querySelectorAll("[data-part]")]
    if (parts.length < ids.length || parts.some(isElsewhere)) return this.#all()
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
