import assert from "node:assert/strict"
import { test } from "node:test"
import { stage } from "./box.js"
import { chance, wordsOf } from "./random_texts.js"
import { TextServer, Writer } from "./writers.js"

const TEXT = "The first line\nIn the middle\nThe last line"

/** Where somebody begins to write: at the end of a line, its start, or before one of its words. @param {string} text @param {(below: number) => number} below */
function place(text, below) {
  const places = [...text.matchAll(/^|$|(?<=[^\n] )(?=\S)/gm)].map((found) => found.index)
  return places[below(places.length)]
}

/** What to type there so that a word is one: with a space on the side of the next one. @param {string} text @param {number} at @param {string} word */
function spaced(text, at, word) {
  const [before, after] = [text[at - 1] ?? "\n", text[at] ?? "\n"]
  return `${/\s/.test(before) ? "" : " "}${word}${/\s/.test(after) ? "" : " "}`
}

for (const [many, delay] of [
  [2, 30],
  [3, 30],
  [3, 400],
])
  test(`T2 ${many} people at one text, ${delay} ms away: each word is there once`, (/** @type {any} */ t) => {
    const { pass } = stage(t)
    let words = 0
    for (let seed = 0; seed < 4; seed++) {
      const below = chance(seed)
      const server = new TextServer(TEXT)
      /** @type {Writer[]} */
      const writers = []
      for (let each = 0; each < many; each++) new Writer(server, writers, delay)
      const hands = writers.map(({ box, field }, each) => ({ box, field, name: "abc"[each], n: 0, left: "" }))
      Object.assign(document, { activeElement: writers[0].box })
      for (let turn = 0; turn < 160; turn++) {
        for (const hand of hands) type(hand, below)
        pass(90)
      }
      for (const hand of hands) while (hand.left) type(hand, below)
      Object.assign(document, { activeElement: null })
      for (const { field } of writers) field.leave()
      pass(3000)

      const written = wordsOf(server.text)
      const typed = hands.flatMap(({ name, n }) => Array.from({ length: n }, (_, i) => `${name}${i + 1}.`))
      const note = `${seed}: ${JSON.stringify(server)}`
      assert.deepEqual(server.clashes, [], note)
      for (const word of [...typed, ...wordsOf(TEXT)])
        assert.equal(count(written, word), count([...typed, ...wordsOf(TEXT)], word), `${word} ${note}`)
      assert.equal(written.length, typed.length + wordsOf(TEXT).length, note)
      for (const { box } of writers) assert.equal(box.value, server.text)
      words += typed.length
    }
    assert.ok(words > 100)
  })

/**
 * One key: the next letter of a word, or a new word, here or elsewhere.
 * @param {{ box: import("./box.js").Box, name: string, n: number, left: string }} hand
 * @param {(below: number) => number} below
 */
function type(hand, below) {
  const { box } = hand
  Object.assign(document, { activeElement: box })
  if (!hand.left) {
    const at = below(3) ? box.selectionStart : place(box.value, below)
    box.setSelectionRange(at, at)
    box.dispatchEvent(new Event("pointerup"))
    hand.left = spaced(box.value, box.selectionStart, `${hand.name}${++hand.n}.`)
    if (below(9) === 0) hand.left = `\n${hand.left.trim()}\n`
  }
  box.type(hand.left[0])
  hand.left = hand.left.slice(1)
}

/** @param {string[]} words @param {string} word */
function count(words, word) {
  return words.filter((each) => each === word).length
}
