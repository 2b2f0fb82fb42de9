// Words in a box that were not sent: kept on this phone under their question, and offered once the room has moved on.
// `id` is that of the question for what stands in its box, and one of its own for what was put aside.
import { h } from "app/lib/dom.js"
import { store } from "app/lib/storage.js"

/** @typedef {{ id: string, phase: string, prompt: string, text: string, fields: Record<string, string> }} HalfTyped */

export class HalfTypedWords {
  /** @type {Map<string, HalfTyped>} */
  #all = new Map()

  /**
   * @param {string} prefix
   * @param {globalThis.Storage | null} storage null where nothing may be kept: then only until the page is left
   */
  constructor(prefix, storage) {
    this.prefix = prefix
    this.storage = storage
    for (const name of Object.keys(storage ?? {}).filter((one) => one.startsWith(prefix))) {
      try {
        const words = JSON.parse(storage?.getItem(name) ?? "")
        this.#all.set(words.id, words)
      } catch {
        storage?.removeItem(name)
      }
    }
  }

  /** Whether the words are on the phone. @param {HalfTyped} words */
  keep(words) {
    if (!words.text.trim()) return this.forget(words.id)
    this.#all.set(words.id, words)
    return !this.storage || store(this.storage, this.prefix + words.id, JSON.stringify(words))
  }

  /** @param {string} id */
  forget(id) {
    this.#all.delete(id)
    this.storage?.removeItem(this.prefix + id)
    return true
  }

  get size() {
    return this.#all.size
  }

  /** What stands in the box of a question. @param {string} phase */
  of(phase) {
    return this.#all.get(phase)
  }

  /** Those that stand in no box of the present question. @param {string} phase */
  left(phase) {
    return [...this.#all.values()].filter((words) => words.id !== phase)
  }
}

/**
 * Draws the words that are left over, each with what can be done.
 * @param {HTMLElement} place
 * @param {HalfTyped[]} all
 * @param {{ send: (words: HalfTyped) => void, drop: (words: HalfTyped) => void }} acts
 */
export function drawLeft(place, all, acts) {
  const rows = all.map((words) =>
    h(
      "li",
      {},
      h("p", { class: "soft" }, "You were writing this for “", h("bdi", { text: words.prompt }), "”:"),
      h("p", { class: "words", dir: "auto", text: words.text }),
      h(
        "div",
        { class: "acts" },
        h("button", { type: "button", class: "small", text: "Send it", onclick: () => acts.send(words) }),
        h("button", {
          type: "button",
          class: "small quiet",
          text: "Delete it",
          onclick: () => acts.drop(words),
        }),
      ),
    ),
  )
  place.replaceChildren(
    ...(rows.length
      ? [
          h(
            "section",
            { class: "kept-words", "aria-labelledby": "kept-title" },
            h("h2", { id: "kept-title", text: "Not sent yet · kept on this phone" }),
            h("ul", {}, ...rows),
            h("p", {
              class: "how",
              text: "If its notes have been shown meanwhile, yours is shown at once.",
            }),
          ),
        ]
      : []),
  )
}
