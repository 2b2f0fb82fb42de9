// What makes one list of tokens of another, as the server finds it: tests/boards/merge_examples.json holds both to
// the same. Pure.

/** @typedef {{ start: number, end: number, added: string[] }} Edit the tokens from `start` up to `end` become `added` */
/** @typedef {Map<number, number>} Reach how many tokens of the old list are done, on each diagonal */

const MAX_CHANGES = 300 // of tokens; beyond them only additions alone, or removals alone, are told apart

/**
 * @param {string[]} was
 * @param {string[]} now
 * @returns {Edit[]} from left to right
 */
export function edits(was, now) {
  const start = common(was, now)
  const tail = common(was.slice(start).reverse(), now.slice(start).reverse())
  const [old, young] = [was.slice(start, was.length - tail), now.slice(start, now.length - tail)]
  /** @type {Edit[]} */
  const found = []
  let [i, j] = [0, 0]
  for (const [x, y] of [...kept(old, young), [old.length, young.length]]) {
    if (i < x || j < y) found.push({ start: start + i, end: start + x, added: young.slice(j, y) })
    i = x + 1
    j = y + 1
  }
  return found
}

/** With how many equal tokens both begin. @param {string[]} one @param {string[]} two */
function common(one, two) {
  let at = 0
  while (at < one.length && at < two.length && one[at] === two[at]) at++
  return at
}

/**
 * Where the tokens that the shortest change keeps stand in both; none where the texts are too different. By E. Myers,
 * "An O(ND) difference algorithm and its variations", 1986: after so many changes, `reach` of k tokens of `old` are
 * done on the diagonal k, where k fewer of `young` are.
 * @param {string[]} old
 * @param {string[]} young
 * @returns {[number, number][]}
 */
function kept(old, young) {
  /** @type {Reach} */
  const reach = new Map([[1, 0]])
  const steps = []
  for (let changes = 0; changes <= Math.min(old.length + young.length, MAX_CHANGES); changes++) {
    steps.push(new Map(reach))
    for (let k = -changes; k <= changes; k += 2) {
      let x = adds(reach, k, changes) ? at(reach, k + 1) : at(reach, k - 1) + 1
      while (x < old.length && x - k < young.length && old[x] === young[x - k]) x++
      reach.set(k, x)
      if (x >= old.length && x - k >= young.length) return path(steps, k, x)
    }
  }
  const added = allOf(old, young)
  return added.length ? added : allOf(young, old).map(([j, i]) => [i, j])
}

/**
 * Where the tokens of `few` stand in both, if `many` has them all in turn; else none. People who write in one
 * paragraph for minutes add hundreds of words each, and take none away.
 * @param {string[]} few
 * @param {string[]} many
 * @returns {[number, number][]}
 */
function allOf(few, many) {
  /** @type {[number, number][]} */
  const found = []
  let next = 0
  for (const [i, token] of few.entries()) {
    const j = many.indexOf(token, next)
    if (j < 0) return []
    found.push([i, j])
    next = j + 1
  }
  return found
}

/** Whether the last change on the way to the diagonal k adds a token; else it removes one. @param {Reach} reach @param {number} k @param {number} changes */
function adds(reach, k, changes) {
  return k === -changes || (k !== changes && at(reach, k - 1) < at(reach, k + 1))
}

/** The kept tokens on the way to `x` on the diagonal k, read backwards from there. @param {Reach[]} steps @param {number} k @param {number} x */
function path(steps, k, x) {
  /** @type {[number, number][]} */
  const found = []
  let [diagonal, end] = [k, x]
  for (let changes = steps.length - 1; changes >= 0; changes--) {
    const added = adds(steps[changes], diagonal, changes)
    const next = added ? diagonal + 1 : diagonal - 1
    const before = at(steps[changes], next)
    for (let place = end - 1; place >= (added ? before : before + 1); place--)
      found.push([place, place - diagonal])
    diagonal = next
    end = before
  }
  return found.reverse()
}

/** @param {Reach} reach @param {number} k */
function at(reach, k) {
  return /** @type {number} */ (reach.get(k))
}
