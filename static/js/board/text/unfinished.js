// The word that somebody is in the middle of writing, where it touches the word after it. Pure.
// Sent half done, "a1What" would be a change of the word "What": two who do that at once would clash.

import { edits } from "./diff.js"
import { length, runsTogether, tokensOf } from "./merge3.js"

/**
 * The text with the word around the caret as it was in `read`, where it was another one there; else the text itself.
 * @param {string} read  what was last sent
 * @param {string} text
 * @param {number | null} caret null where something is selected
 */
export function withoutUnfinished(read, text, caret) {
  if (caret === null || !runsTogether(text.slice(0, caret), text.slice(caret))) return text
  const was = tokensOf(read)
  const changes = edits(was, tokensOf(text))
  const gone = changes.flatMap(({ start, end }) => was.slice(start, end))
  let [place, next] = [0, 0]
  for (const { start, end, added } of changes) {
    place += length(was.slice(next, start))
    for (const word of added) {
      if (place < caret && caret < place + word.length) {
        const rest = word.slice(caret - place)
        const before = gone.find((token) => token === rest) ?? gone.find((token) => token.endsWith(rest))
        return text.slice(0, place) + (before ?? word) + text.slice(place + word.length)
      }
      place += word.length
    }
    next = end
  }
  return text
}
