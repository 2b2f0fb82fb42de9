// A three-way merge of text, as the server's app/boards/core/text/merge3.py does it (T2). Pure.

import { edits } from "./diff.js"

/** @typedef {import("./diff.js").Edit} Edit */

const SCRIPTS = ["Han", "Hiragana", "Katakana", "Thai", "Lao", "Khmer", "Myanmar"]
const UNSPACED = new RegExp(`^[${SCRIPTS.map((name) => `\\p{Script=${name}}`).join("")}\u30fc\uff70]`, "u")
const SPACE = /^\p{White_Space}/u
const LATIN = /^[!-\u02ff]+$/ // no sign of these ever joins another, so none needs to be looked at
const segmenter = "Segmenter" in Intl ? new Intl.Segmenter() : null

/**
 * The parts of a text that a merge never cuts: each space, each character of a script without spaces, and all else
 * that stands between spaces. Joined, they are the text.
 * @param {string} text
 * @returns {string[]}
 */
export function tokensOf(text) {
  /** @type {string[]} */
  const tokens = []
  let open = false // whether the last token goes on
  for (const sign of text.split(/(\p{White_Space})/u).flatMap(graphemes)) {
    const single = SPACE.test(sign) || UNSPACED.test(sign)
    if (open && !single) tokens[tokens.length - 1] += sign
    else tokens.push(sign)
    open = !single
  }
  return tokens
}

/** @param {string} text */
function graphemes(text) {
  if (text.length < 2 || LATIN.test(text)) return text ? [text] : []
  return segmenter ? [...segmenter.segment(text)].map(({ segment }) => segment) : [...text]
}

/** How many characters these are. @param {string[]} tokens */
export function length(tokens) {
  return tokens.reduce((sum, token) => sum + token.length, 0)
}

/** @param {string} text */
export function isSpace(text) {
  return SPACE.test(text)
}

/** Whether two texts, one after the other, would make one word of the last word and the first. @param {string} text @param {string} next */
export function runsTogether(text, next) {
  const last = tokensOf(text.slice(-100)).at(-1)
  if (!last || !next || isSpace(last) || isSpace(next)) return false
  const [first] = tokensOf(next.slice(0, 100))
  return tokensOf(last + first)[0] !== last
}

/**
 * The text with both changes in it, or null where both changed the same words. Where both only add at the same place
 * both additions stay, `theirs` first.
 * @param {string} base
 * @param {string} yours
 * @param {string} theirs
 * @returns {string | null}
 */
export function merge(base, yours, theirs) {
  if (yours === theirs || base === theirs) return yours
  if (base === yours) return theirs
  const [was, mine, other] = [base, yours, theirs].map(tokensOf)
  const both = joined(edits(was, other), edits(was, mine))
  return both && applied(was, both)
}

/**
 * The edits of two people in order, an equal edit of both once; null where they do not fit together.
 * @param {Edit[]} first
 * @param {Edit[]} second
 */
function joined(first, second) {
  if (first.some((one) => second.some((two) => clash(one, two)))) return null
  const ordered = [...first, ...second].sort((one, two) => one.start - two.start || one.end - two.end)
  return ordered.filter((edit, i) => i === 0 || !same(edit, ordered[i - 1]))
}

/** Whether both change the same words, so that no text can hold both changes. @param {Edit} one @param {Edit} two */
export function clash(one, two) {
  if (same(one, two) || one.end < two.start || two.end < one.start) return false
  if (inserts(one) && inserts(two)) return false
  if (inserts(one)) return !apart(one, two)
  return inserts(two) ? !apart(two, one) : true
}

/** Whether a space separates what one adds from the words next to it that the other rewrites. @param {Edit} added @param {Edit} changed */
function apart(added, changed) {
  if (!changed.added.length) return false
  if (added.start === changed.end) return isSpace(added.added[0])
  return added.start === changed.start && isSpace(/** @type {string} */ (added.added.at(-1)))
}

/** @param {Edit} edit */
function inserts(edit) {
  return edit.start === edit.end
}

/** @param {Edit} one @param {Edit} two */
export function same(one, two) {
  return one.start === two.start && one.end === two.end && one.added.join("\0") === two.added.join("\0")
}

/**
 * The text after these edits, with a space where words would run together.
 * @param {string[]} was
 * @param {Edit[]} changes
 */
function applied(was, changes) {
  let [text, at] = ["", 0]
  for (const { start, end, added } of changes) {
    text = glued(text + was.slice(at, start).join(""), added)
    at = end
  }
  return glued(text, was.slice(at))
}

/** @param {string} text @param {string[]} next */
function glued(text, next) {
  const [first = ""] = next
  return `${text}${runsTogether(text, first) ? " " : ""}${next.join("")}`
}
