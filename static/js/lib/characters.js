// Which characters a text can hold, and where a long one may be cut. Pure; app/characters.py keeps the same.

export const LEFT_OUT = "Characters that cannot be stored were left out."

/** Control characters, and halves of characters. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: it is these that are looked for
const UNSTORABLE = /[\0-\x08\x0b-\x1f\p{Cs}]/gu

/** A text as it is stored: lines end in one way, what no text can hold is left out. @param {string} text */
export function storable(text) {
  return withOneLineEnd(text).replace(UNSTORABLE, "")
}

/** @param {string} text */
export function withOneLineEnd(text) {
  return text.replace(/\r\n|[\r\v\f]/g, "\n")
}

/**
 * A text in two, the first part at most `room` long: cut after a paragraph, else a sentence, else a word, unless
 * that would leave more than half of the room empty; never within a character.
 * @param {string} text
 * @param {number} room in UTF-16 units, as `maxlength` counts
 * @returns {[string, string]}
 */
export function cut(text, room) {
  const at = text.length <= room ? text.length : endWithin(text, Math.max(room, 0))
  return [text.slice(0, at), text.slice(at)]
}

/** A text as pieces of at most `room` each, without space around them. @param {string} text @param {number} room */
export function pieces(text, room) {
  const found = []
  for (let [piece, rest] = cut(text.trim(), room); piece; [piece, rest] = cut(rest.trim(), room))
    found.push(piece.trim())
  return found
}

/** @param {string} text longer than `room` @param {number} room */
function endWithin(text, room) {
  const paragraph = text.lastIndexOf("\n", room - 1) + 1
  if (room && paragraph > room / 2) return paragraph
  for (const granularity of /** @type {const} */ (["sentence", "word"])) {
    const at = startAt(text, room, granularity)
    if (at > room / 2) return at
  }
  return startAt(text, room, "grapheme") || room - (isInPair(text, room) ? 1 : 0)
}

/** Where the sentence, word or character begins that is at `place`. @param {string} text @param {number} place @param {"sentence" | "word" | "grapheme"} granularity */
function startAt(text, place, granularity) {
  return new Intl.Segmenter(undefined, { granularity }).segment(text).containing(place)?.index ?? 0
}

/** Whether `place` is between the halves of a character. @param {string} text @param {number} place */
function isInPair(text, place) {
  return (text.codePointAt(place - 1) ?? 0) > 0xffff
}
