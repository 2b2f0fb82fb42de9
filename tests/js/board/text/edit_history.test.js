import assert from "node:assert/strict"
import { test } from "node:test"
import { EditHistory } from "app/board/text/edit_history.js"
import { growth, patched } from "app/board/text/rebase.js"
import { chance, randomEdit } from "./random_texts.js"

/** A text with its history, as a box has them. */
class Written {
  text = ""
  history = new EditHistory()

  /** @param {string} text @param {number} [caret] */
  to(text, caret = text.length) {
    this.history.record(this.text, text, caret)
    this.text = text
    return this
  }

  /** @param {import("app/board/text/rebase.js").Patch} patch */
  others(patch) {
    this.history.rebase([patch])
    this.text = patched(this.text, [patch])
    return this
  }

  /** @param {"undo" | "redo"} what */
  back(what) {
    const patch = this.history[what](this.text)
    if (patch) this.text = patched(this.text, [patch])
    return patch && this.text
  }
}

/** @param {Written} written @param {string} words letter by letter, at the end */
function typed(written, words) {
  for (const letter of words) written.to(written.text + letter)
  return written
}

test("undo takes back word by word what was typed, and redo brings it again", () => {
  const written = typed(new Written(), "one two")

  assert.deepEqual([written.back("undo"), written.back("undo"), written.back("undo")], ["one", "", null])
  assert.deepEqual(
    [written.back("redo"), written.back("redo"), written.back("redo")],
    ["one", "one two", null],
  )
})

test("letters deleted one after another come back as one", () => {
  const written = new Written().to("one two")
  for (const text of ["one tw", "one t", "one "]) written.to(text)

  assert.equal(written.back("undo"), "one two")
})

test("T3 undo takes back only one's own words, wherever others' words came in", () => {
  const written = typed(new Written(), "mine")
  written.others({ at: 0, end: 0, text: "theirs\n" }).others({ at: 11, end: 11, text: "\nbelow" })

  assert.equal(written.back("undo"), "theirs\n\nbelow")
  assert.equal(written.back("redo"), "theirs\nmine\nbelow")
})

test("T3 what others have changed since cannot be undone, nor what was written before it", () => {
  const written = typed(new Written(), "one\n").to("one\ntwo")
  written.others({ at: 1, end: 2, text: "h n" })

  assert.deepEqual([written.back("undo"), written.back("undo")], ["oh ne", null])
})

test("T3 all undone, only others' words are left, and all done again, the text is as it was", () => {
  for (let seed = 0; seed < 1000; seed++) {
    const below = chance(seed)
    const written = new Written()
    let theirs = 0
    for (let turn = 0; turn < 12; turn++) {
      const text = randomEdit(below, written.text, `m${turn}`)
      if (below(2) && text !== written.text) written.to(text, below(text.length + 1))
      else {
        const patch = { at: 0, end: 0, text: `t${turn}\n` }
        const edge = below(2) ? 0 : written.text.length
        written.others(edge ? { at: edge, end: edge, text: `\nt${turn}` } : patch)
        theirs += growth([patch])
      }
    }
    const end = written.text
    let undone = 0
    while (written.back("undo") !== null) undone++

    assert.equal(written.text.split(/\s/).filter((word) => word.startsWith("m")).length, 0, `${seed}`)
    assert.equal(written.text.length, theirs, `${seed}`)
    while (written.back("redo") !== null) undone--
    assert.deepEqual([written.text, undone], [end, 0], `${seed}`)
  }
})

test("all is taken back when nothing is left to undo, unless steps were lost to others' words", () => {
  const written = typed(new Written(), "one two")
  assert.equal(written.history.isTakenBack, false)
  written.back("undo")
  assert.equal(written.history.isTakenBack, false)
  written.back("undo")
  assert.equal(written.history.isTakenBack, true)
  written.back("redo")
  assert.equal(written.history.isTakenBack, false)

  const lost = typed(new Written(), "one two").others({ at: 0, end: 3, text: "1" })
  while (lost.back("undo"));
  assert.equal(lost.history.isTakenBack, false)
  assert.equal(new Written().history.isTakenBack, false)
})
