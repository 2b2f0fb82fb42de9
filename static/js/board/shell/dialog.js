// A modal dialog that gives the focus back when it closes.
import { h } from "app/lib/dom.js"

/**
 * @param {string} title
 * @param {...Node} content
 * @returns {HTMLDialogElement}
 */
export function dialog(title, ...content) {
  const before = document.activeElement
  const close = h("button", { type: "button", text: "Close", onclick: () => element.close() })
  const heading = h("h2", { id: "dialog-title", text: title })
  const element = h(
    "dialog",
    { class: "board-dialog", "aria-labelledby": "dialog-title" },
    h("header", {}, heading, close),
    ...content,
  )
  element.addEventListener("close", () => {
    element.remove()
    if (before instanceof HTMLElement && before.isConnected) before.focus({ preventScroll: true })
  })
  document.body.append(element)
  element.showModal()
  return element
}
