// The word that somebody is in the middle of writing, where it touches the word after it. Pure.
// Sent half done, "a1What" would be a change of the word "What": two who do that at once would clash.

import { runsTogether, tokensOf } from "./merge3.js"

/**
 * The text without the word at the caret, as far as it was added since `read` and runs into what follows it; the text
 * itself where there is no such word.
 * @param {string} read  what was last sent
 * @param {string} text
 * @param {number | null} caret null where something is selected
 */
export function withoutUnfinished(read, text, caret) {
  if (caret === null) return text
  const [before, after] = [text.slice(0, caret), text.slice(caret)]
  if (!read.endsWith(after) || !runsTogether(before, after)) return text
  const word = /** @type {string} */ (tokensOf(before).at(-1))
  const was = read.slice(0, read.length - after.length)
  return before.slice(0, Math.max(caret - word.length, common(was, before))) + after
}

/** How many characters both begin with. @param {string} one @param {string} two */
function common(one, two) {
  let at = 0
  while (at < one.length && at < two.length && one[at] === two[at]) at++
  return at
}
