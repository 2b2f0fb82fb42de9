// Attaches behaviours to elements with data-<name>, also to those that htmx adds, and detaches them when they go.

/** @typedef {(element: HTMLElement) => (() => void) | void} Behaviour */

/** @type {Map<string, Behaviour>} */
const known = new Map()
/** @type {Map<HTMLElement, Map<string, (() => void) | void>>} */
const live = new Map()

/**
 * @param {Record<string, Behaviour>} behaviours by the name that follows `data-`
 */
export function attach(behaviours) {
  for (const [name, behaviour] of Object.entries(behaviours)) known.set(name, behaviour)
  update()
}

document.addEventListener("htmx:after:process", update)

function update() {
  for (const [element, undoings] of live) {
    if (element.isConnected) continue
    for (const undo of undoings.values()) undo?.()
    live.delete(element)
  }
  for (const [name, behaviour] of known) {
    for (const element of document.querySelectorAll(`[data-${name}]`)) {
      if (element instanceof HTMLElement) begin(element, name, behaviour)
    }
  }
}

/**
 * @param {HTMLElement} element
 * @param {string} name
 * @param {Behaviour} behaviour
 */
function begin(element, name, behaviour) {
  const undoings = live.get(element) ?? new Map()
  if (undoings.has(name)) return
  live.set(element, undoings)
  undoings.set(name, behaviour(element))
}
