// Addresses in people's texts, shown as links. The server finds the same in core/text/addresses.py.
import { h, setText } from "./dom.js"

/** @typedef {{ text: string, address: boolean }} Part */

// http, https and mailto alone; what directs the reading of a text ends an address.
const ADDRESS =
  /(?<![A-Za-z0-9])(?:https?:\/\/(?=[\p{L}\p{N}[])|mailto:(?=[^\s@]+@[\p{L}\p{N}]))[^\s\p{Cc}\p{Cf}<>"`{}|\\^«»“”„‘’。，、；：！？（）「」『』【】《》]+/giu
const AFTER = /[.,:;!?'*_~]+$/
/** @type {Record<string, string>} */
const BRACKETS = { ")": "(", "]": "[" }

/** The text in parts, its addresses apart. Joined, they are the text. @param {string} text @returns {Part[]} */
export function parts(text) {
  /** @type {Part[]} */
  const found = []
  let done = 0
  for (const match of text.matchAll(ADDRESS)) {
    const address = ended(match[0])
    found.push({ text: text.slice(done, match.index), address: false }, { text: address, address: true })
    done = match.index + address.length
  }
  return [...found, { text: text.slice(done), address: false }].filter((part) => part.text)
}

/** Puts the text into the element, its addresses as links that open in a tab of their own. @param {Element} element @param {string} text */
export function setLinked(element, text) {
  if (!text.includes(":")) return setText(element, text) // no address: most texts
  if (element.textContent === text) return undefined
  return element.replaceChildren(...parts(text).map((part) => (part.address ? link(part.text) : part.text)))
}

/** @param {string} address */
function link(address) {
  return h("a", { href: address, target: "_blank", rel: "noopener nofollow", text: address })
}

/** Without what ends the sentence around it. @param {string} address */
function ended(address) {
  for (;;) {
    let bare = address.replace(AFTER, "")
    const last = bare.slice(-1)
    const opening = BRACKETS[last]
    if (opening && bare.split(last).length > bare.split(opening).length) bare = bare.slice(0, -1)
    if (bare === address) return address
    address = bare
  }
}
