// A button that copies words, and says that it did.

import { h } from "./dom.js"

/** @param {() => string} words */
export function copyButton(words) {
  const button = h("button", { type: "button", class: "small", text: "Copy", onclick: copy })
  return button

  async function copy() {
    const done = await writeText(words())
    button.textContent = done ? "Copied" : "Copying is not possible here: select the words"
  }
}

/** @param {string} text */
async function writeText(text) {
  try {
    await navigator.clipboard.writeText(text)
    return true
  } catch {
    return false // not a secure page, or the browser refuses
  }
}
