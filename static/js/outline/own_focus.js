// Where the focus goes after one's own act. It moves only if the person is still where they acted: nothing else that
// arrives moves it, neither news of others nor an answer that comes when they write somewhere else already (K1).

/** @typedef {{ target?: Element | string, sourceElement?: Element, response?: { status: number } }} Exchange */

const FIRST = ".clash-head, textarea, input:not([type=hidden]), select, a.button, button"

export class OwnFocus {
  /** Where the focus was when a request went out, and whether it asked for a form. @type {WeakMap<Exchange, { at: Element | null, opens: boolean }>} */
  #asked = new WeakMap()
  #stayed = false

  /** A request of one's own goes out. @param {Exchange} exchange */
  requested(exchange) {
    const opens = Boolean(exchange.sourceElement?.matches("a"))
    this.#asked.set(exchange, { at: document.activeElement, opens })
  }

  /**
   * Its answer is on the page: a form that was opened, or that was refused, gets the focus.
   * @param {Exchange} exchange
   * @param {boolean} [writing] whether the person writes on in the form that was sent
   */
  answered(exchange, writing = false) {
    const asked = this.#asked.get(exchange)
    if (!asked) return
    this.#stayed = !writing && (isLost() || document.activeElement === asked.at)
    if (asked.opens || Number(exchange.response?.status) >= 400) this.move(firstIn(placeOf(exchange.target)))
  }

  /** Moves the focus for the answer that came last. @param {Element | null | undefined} element */
  move(element) {
    if (!this.#stayed || !(element instanceof HTMLElement)) return
    element.focus()
    if (element instanceof HTMLTextAreaElement) element.setSelectionRange(-1, -1)
  }
}

function isLost() {
  return !document.activeElement || document.activeElement === document.body
}

/** What is wrong in a form, else its first field. @param {Element | null | undefined} place */
function firstIn(place) {
  return place?.querySelector("[aria-invalid=true]") ?? place?.querySelector(FIRST)
}

/** The place that was filled, as it is after the swap. @param {Element | string | undefined} target */
function placeOf(target) {
  if (typeof target === "string") return document.querySelector(target)
  return target?.isConnected ? target : document.getElementById(target?.id ?? "")
}
