// What makes one list of tokens of another: Python's difflib.SequenceMatcher, step by step, so that the browser's
// merge gives what the server's gives (tests/boards/merge_examples.json holds both to the same). Pure.

/** @typedef {{ start: number, end: number, added: string[] }} Edit the tokens from `start` up to `end` become `added` */
/** @typedef {{ i: number, j: number, size: number }} Match `size` equal tokens, at `i` in one and at `j` in the other */

/**
 * @param {string[]} was
 * @param {string[]} now
 * @returns {Edit[]} from left to right
 */
export function edits(was, now) {
  const found = []
  let [i, j] = [0, 0]
  for (const match of [...matches(was, now), { i: was.length, j: now.length, size: 0 }]) {
    if (i < match.i || j < match.j) found.push({ start: i, end: match.i, added: now.slice(j, match.j) })
    i = match.i + match.size
    j = match.j + match.size
  }
  return found
}

/** @param {string[]} was @param {string[]} now @returns {Match[]} */
function matches(was, now) {
  const places = placesOf(now)
  const found = []
  const open = [[0, was.length, 0, now.length]]
  for (let range = open.pop(); range; range = open.pop()) {
    const [iLow, iHigh, jLow, jHigh] = range
    const match = longest(was, now, places, range)
    if (!match.size) continue
    found.push(match)
    open.push([iLow, match.i, jLow, match.j], [match.i + match.size, iHigh, match.j + match.size, jHigh])
  }
  return found.sort((one, two) => one.i - two.i)
}

/** Where each token stands; in long texts without those that are everywhere. @param {string[]} tokens */
function placesOf(tokens) {
  /** @type {Map<string, number[]>} */
  const places = new Map()
  for (const [at, token] of tokens.entries()) {
    const known = places.get(token)
    if (known) known.push(at)
    else places.set(token, [at])
  }
  const most = mostOf(tokens)
  for (const [token, list] of places) if (list.length > most) places.delete(token)
  return places
}

/** How often a token may stand in a text and still begin a match. @param {string[]} tokens */
export function mostOf(tokens) {
  return tokens.length >= 200 ? Math.floor(tokens.length / 100) + 1 : tokens.length
}

/**
 * The longest run of equal tokens within the range; of several the first.
 * @param {string[]} was
 * @param {string[]} now
 * @param {Map<string, number[]>} places
 * @param {number[]} range
 * @returns {Match}
 */
function longest(was, now, places, [iLow, iHigh, jLow, jHigh]) {
  let best = { i: iLow, j: jLow, size: 0 }
  /** @type {Map<number, number>} */
  let before = new Map()
  for (let i = iLow; i < iHigh; i++) {
    const here = new Map()
    for (const j of places.get(was[i]) ?? []) {
      if (j < jLow) continue
      if (j >= jHigh) break
      const size = (before.get(j - 1) ?? 0) + 1
      here.set(j, size)
      if (size > best.size) best = { i: i - size + 1, j: j - size + 1, size }
    }
    before = here
  }
  let { i, j, size } = best
  while (i > iLow && j > jLow && was[i - 1] === now[j - 1]) {
    i--
    j--
    size++
  }
  while (i + size < iHigh && j + size < jHigh && was[i + size] === now[j + size]) size++
  return { i, j, size }
}
