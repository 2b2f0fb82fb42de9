// Addresses in people's texts, shown as links. The server finds the same in core/text/addresses.py.
import { h, setText } from "./dom.js"

/** @typedef {{ text: string, address: boolean }} Piece */

// http, https and mailto alone; what directs the reading of a text ends an address.
const ADDRESS =
  /(?<![A-Za-z0-9])(?:https?:\/\/(?=[\p{L}\p{N}[])|mailto:(?=[^\s@]+@[\p{L}\p{N}]))[^\s\p{Cc}\p{Cf}<>"`{}|\\^«»“”„‘’。，、；：！？（）「」『』【】《》]+/giu
const NAMED = /^https?:\/\/[^/?#]*@([^/?#@]+)/i
const AFTER = new Set(".,:;!?'*_~")
/** @type {Record<string, string>} */
const BRACKETS = { ")": "(", "]": "[" }

/** The text in pieces, its addresses apart. Joined, they are the text. @param {string} text @returns {Piece[]} */
export function pieces(text) {
  /** @type {Piece[]} */
  const found = []
  let done = 0
  for (const match of text.matchAll(ADDRESS)) {
    const address = ended(match[0])
    found.push({ text: text.slice(done, match.index), address: false }, { text: address, address: true })
    done = match.index + address.length
  }
  return [...found, { text: text.slice(done), address: false }].filter((piece) => piece.text)
}

/** Puts the text into the element, its addresses as links that open in a tab of their own. @param {Element} element @param {string} text */
export function setLinked(element, text) {
  if (!text.includes(":")) return setText(element, text) // no address: most texts
  if (element.textContent === text) return undefined
  return element.replaceChildren(
    ...pieces(text).map((piece) => (piece.address ? link(piece.text) : piece.text)),
  )
}

/** Where an address leads that begins like another: it has a name before an @ sign. Else empty. @param {string} address */
export function trueHost(address) {
  const named = NAMED.exec(address)?.[1] ?? ""
  try {
    return decodeURIComponent(named)
  } catch {
    return named
  }
}

/** @param {string} address */
function link(address) {
  const host = trueHost(address)
  const data = host ? { data: { host } } : {}
  return h("a", { href: address, target: "_blank", rel: "noopener nofollow", text: address, ...data })
}

/** Without what ends the sentence around it. In one pass: texts may be written to take long. @param {string} address */
function ended(address) {
  const signs = [...address]
  /** @type {Record<string, number>} */
  const unopened = {}
  for (const [sign, opening] of Object.entries(BRACKETS))
    unopened[sign] =
      signs.filter((one) => one === sign).length - signs.filter((one) => one === opening).length
  let end = address.length
  for (let sign = address[end - 1]; AFTER.has(sign) || (unopened[sign] ?? 0) > 0; sign = address[end - 1]) {
    end -= 1
    if (sign in unopened) unopened[sign] -= 1
  }
  return address.slice(0, end)
}
