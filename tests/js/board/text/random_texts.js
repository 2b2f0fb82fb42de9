// Random texts and edits, the same for the same seed, with words that nobody writes twice.

/** Numbers from 0 up to `below`, by the rule of mulberry32. @param {number} seed @returns {(below: number) => number} */
export function chance(seed) {
  let state = seed
  return (below) => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296) * below)
  }
}

/** Lines of words. @param {(below: number) => number} below @param {string} name */
export function randomText(below, name) {
  const lines = Array.from({ length: below(6) }, (_, line) =>
    Array.from({ length: below(5) }, (_, word) => `${name}${line}${word}`).join(" "),
  )
  return lines.join("\n")
}

/** The text with some words put in and some taken out. @param {(below: number) => number} below @param {string} text @param {string} name */
export function randomEdit(below, text, name) {
  let now = text
  for (let turn = 0; turn <= below(3); turn++) {
    const words = now.split(/(\s)/)
    const at = below(words.length + 1)
    const what = below(4)
    if (what === 0) words.splice(at, 1 + below(3))
    else if (what === 1) words.splice(at, 0, `\n${name}${turn} `)
    else words.splice(at, 0, ` ${name}${turn}`, below(2) ? " " : "\n")
    now = words.join("")
  }
  return now
}

/** The words of a text, in order. @param {string} text */
export function wordsOf(text) {
  return text.split(/\s+/).filter(Boolean)
}
