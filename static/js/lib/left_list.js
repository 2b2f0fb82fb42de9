// A list of words that were not saved: each to be copied, or discarded.
import { copyButton } from "./copy_button.js"
import { h } from "./dom.js"

/** @typedef {{ words: string, say: string, drop: () => unknown }} Left */

/**
 * @param {Left[]} all
 * @param {(left: number) => void} discarded called with how many are left
 */
export function leftList(all, discarded) {
  const list = h("ul", { class: "left-words" }, ...all.map(row))
  return list

  /** @param {Left} left */
  function row({ words, say, drop }) {
    const discard = async () => {
      await drop()
      const next = item.nextElementSibling ?? item.previousElementSibling
      item.remove()
      next?.querySelector("button")?.focus()
      discarded(list.childElementCount)
    }
    const item = h(
      "li",
      {},
      h("p", { text: say }),
      h("p", { class: "words", dir: "auto", text: words }),
      h(
        "div",
        { class: "acts" },
        copyButton(() => words),
        h("button", { type: "button", class: "small", text: "Discard", onclick: discard }),
      ),
    )
    return item
  }
}
