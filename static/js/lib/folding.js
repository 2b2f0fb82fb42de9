// What find compares: words without case, accents and width. The server does the same in core/text/folding.py.

/** @typedef {{ word: string, start: number, end: number }} Word a folded word, and where it stands in its text */
/** @typedef {{ text: string, found: boolean }} Piece */
/** @typedef {string[]} Term words that stand next to each other */

const LONGEST = 60 // signs of a word that count
const MOST_TERMS = 12
const PLAIN = /^[0-9A-Za-z]+$/ // most words, at a fraction of the time
const SCRIPTS = ["Han", "Hiragana", "Katakana", "Thai", "Lao", "Khmer", "Myanmar"]
const UNSPACED = `${SCRIPTS.map((name) => `\\p{Script=${name}}`).join("")}\u30fc\uff70`
// Accents and points of Latin, Greek, Cyrillic, Hebrew and Arabic; what directs or hyphenates is no part of a word.
const MARKS =
  /[\u0300-\u036f\u0483-\u0487\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u064b-\u065f\u0670]|[\ufe00-\ufe0f]|\p{Cf}/gu
const WORD = new RegExp(
  `[${UNSPACED}][\\p{M}\\p{Cf}\\u3099\\u309a\\uff9e\\uff9f]*|(?:(?![${UNSPACED}])[\\p{L}\\p{M}\\p{N}\\p{Cf}])+`,
  "gu",
)

/** The text without case, accents and width. @param {string} text */
export function fold(text) {
  const bare = text.normalize("NFKD").replace(MARKS, "")
  return bare.toLowerCase().toUpperCase().toLowerCase().replaceAll("ς", "σ").normalize("NFKC")
}

/** The folded words of a text, in order. @param {string} text @returns {Word[]} */
export function words(text) {
  return [...text.matchAll(WORD)].flatMap((run) =>
    folded(run[0]).map((word) => ({
      word: word.length > LONGEST ? [...word].slice(0, LONGEST).join("") : word,
      start: run.index,
      end: run.index + run[0].length,
    })),
  )
}

/** Mostly one word; a sign such as the half is two. @param {string} run */
function folded(run) {
  return PLAIN.test(run) ? [run.toLowerCase()] : (fold(run).match(WORD) ?? [])
}

/** What is asked for: terms are parted by spaces. @param {string} text @returns {Term[]} */
export function query(text) {
  const terms = text.split(/\p{White_Space}+/u).map((part) => words(part).map((one) => one.word))
  return terms.filter((term) => term.length).slice(0, MOST_TERMS)
}

/**
 * Whether each term stands in at least one of the texts. Where nothing is asked for, nothing matches.
 * @param {Term[]} asked
 * @param {Word[][]} texts folded
 */
export function matches(asked, texts) {
  return (
    asked.length > 0 &&
    parts(asked).every(([term, prefix]) => texts.some((text) => starts(text, term, prefix).length))
  )
}

/** The text in pieces, with what was looked for marked. Joined, they are the text. @param {Term[]} asked @param {string} text @returns {Piece[]} */
export function pieces(asked, text) {
  const folded = words(text)
  const spans = parts(asked)
    .flatMap(([term, prefix]) =>
      starts(folded, term, prefix).map((at) => [folded[at].start, folded[at + term.length - 1].end]),
    )
    .sort((a, b) => a[0] - b[0] || a[1] - b[1])
  const found = []
  let done = 0
  for (const [from, end] of spans) {
    const start = Math.max(from, done)
    if (end <= start) continue
    found.push({ text: text.slice(done, start), found: false }, { text: text.slice(start, end), found: true })
    done = end
  }
  return [...found, { text: text.slice(done), found: false }].filter((piece) => piece.text)
}

/** Each term, and whether its last word may be unfinished. @param {Term[]} asked @returns {[Term, boolean][]} */
function parts(asked) {
  return asked.map((term, at) => [term, at === asked.length - 1])
}

/** @param {Word[]} folded @param {Term} term @param {boolean} prefix */
function starts(folded, term, prefix) {
  const last = term.length - 1
  /** @type {number[]} */
  const found = []
  for (let at = 0; at + last < folded.length; at++) {
    const fits = term.every((word, i) => {
      const here = folded[at + i].word
      return here === word || (prefix && i === last && here.startsWith(word))
    })
    if (fits) found.push(at)
  }
  return found
}
