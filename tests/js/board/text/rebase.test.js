import assert from "node:assert/strict"
import { test } from "node:test"
import { merge } from "app/board/text/merge3.js"
import { growth, patched, rebase } from "app/board/text/rebase.js"
import { chance, randomEdit, randomText, wordsOf } from "./random_texts.js"

/** `|` is the caret, two of them a selection. @param {string} read @param {string} marked @param {string} theirs */
function takenIn(read, marked, theirs) {
  const [start, end] = [marked.indexOf("|"), marked.lastIndexOf("|")]
  const mine = marked.replaceAll("|", "")
  const selection = { start, end: start === end ? end : end - 1 }
  const { above, below, rest } = rebase(read, mine, theirs, selection)
  const text = patched(mine, [...above, ...below])
  const [from, to] = [start + growth(above), selection.end + growth(above)]
  const marks = start === end ? [from] : [from, to]
  const cuts = [0, ...marks, text.length]
  return {
    text: cuts
      .slice(1)
      .map((cut, i) => text.slice(cuts[i], cut))
      .join("|"),
    rest,
  }
}

test("T3 others' words come in above and below the line that somebody writes in", () => {
  assert.deepEqual(takenIn("One\nTwo\nThree", "One\nTwo and|\nThree", "One more\nTwo\nThree, he said"), {
    text: "One more\nTwo and|\nThree, he said",
    rest: null,
  })
})

test("T3 what touches the line that somebody writes in stays out, and all the rest comes in", () => {
  const theirs = "One\nTwo or so\nThree, he said"
  assert.deepEqual(takenIn("One\nTwo\nThree", "One\nTwo and|\nThree", theirs), {
    text: "One\nTwo and|\nThree, he said",
    rest: theirs,
  })
})

test("T3 new lines just above and below the caret's line leave the caret where it is", () => {
  assert.deepEqual(takenIn("One\nTwo", "One|\nTwo", "One\nNew\nTwo").text, "One|\nNew\nTwo")
  assert.deepEqual(takenIn("One\nTwo", "One\n|Two", "One\nNew\nTwo").text, "One\nNew\n|Two")
  assert.deepEqual(takenIn("One", "One|", "One\nNew").text, "One|\nNew")
  assert.deepEqual(takenIn("One", "|One", "New\nOne").text, "New\n|One")
  assert.deepEqual(takenIn("One\n\nTwo", "One\n|\nTwo", "One!\n\nTwo!").text, "One!\n|\nTwo!")
})

test("T3 a selection holds all its lines", () => {
  const theirs = "One 1\nTwo 2\nThree 3"
  assert.deepEqual(takenIn("One\nTwo\nThree", "O|ne\nTw|o\nThree", theirs), {
    text: "O|ne\nTw|o\nThree 3",
    rest: theirs,
  })
})

test("T3 a line that others join to the one that is written in stays as it is", () => {
  assert.deepEqual(takenIn("One\nTwo", "One\nTwo|", "OneTwo"), { text: "One\nTwo|", rest: "OneTwo" })
  assert.deepEqual(takenIn("One\nTwo", "One|\nTwo", "One Two"), { text: "One|\nTwo", rest: "One Two" })
})

test("T3 one's own words that come back are not taken in again", () => {
  assert.deepEqual(takenIn("One", "One and|", "One and"), { text: "One and|", rest: null })
  assert.deepEqual(takenIn("One\nTwo", "One\nTwo\nmine|", "One more\nTwo\nmine").text, "One more\nTwo\nmine|")
})

/** @param {(below: number) => number} below */
function situation(below) {
  const read = randomText(below, "w")
  const mine = randomEdit(below, read, "m")
  const start = below(mine.length + 1)
  const end = below(3) ? start : start + below(mine.length - start + 1)
  return { read, mine, theirs: randomEdit(below, read, "t"), selection: { start, end } }
}

/** @param {string} text @param {{ start: number, end: number }} selection */
function heldLines(text, { start, end }) {
  const from = text.slice(0, start).split("\n").length - 1
  const to = text.slice(0, end).split("\n").length
  return text.split("\n").slice(from, to).join("\n")
}

test("T3 whatever comes in, one's lines, caret and selection stay, and no word of anybody is lost or doubled", () => {
  let came = 0
  for (let seed = 0; seed < 600; seed++) {
    const { read, mine, theirs, selection } = situation(chance(seed))
    const { above, below, read: read2, rest } = rebase(read, mine, theirs, selection)
    const text = patched(mine, [...above, ...below])
    const [start, end] = [selection.start, selection.end].map((place) => place + growth(above))
    const note = JSON.stringify({ seed, read, mine, theirs, selection, text, read2, rest })
    came += above.length + below.length

    assert.equal(heldLines(text, { start, end }), heldLines(mine, selection), note)
    assert.equal(text.slice(start, end), mine.slice(selection.start, selection.end), note)
    assert.ok(rest === null ? read2 === theirs : rest === theirs, note)
    const [had, has] = [new Set(wordsOf(read)), new Set(wordsOf(text))]
    assert.ok(
      wordsOf(mine).every((word) => had.has(word) || has.has(word)),
      note,
    )
    assert.ok(rest !== null || wordsOf(theirs).every((word) => had.has(word) || has.has(word)), note)
    assert.equal(has.size, wordsOf(text).length, note)
    const stored = merge(read2, text, theirs)
    if (stored === null) assert.ok(rest !== null, note)
    else assert.equal(new Set(wordsOf(stored)).size, wordsOf(stored).length, note)
    const whole = merge(read, mine, theirs)
    if (stored !== null && whole !== null)
      assert.deepEqual(wordsOf(stored).sort(), wordsOf(whole).sort(), note)
  }
  assert.ok(came > 300)
})

test("T3 words that others moved into the line that is written in stay where they were, and are not lost", () => {
  const theirs = "One here comes\nTwo\nThree"
  assert.deepEqual(takenIn("One\nTwo\nThree here comes", "One|\nTwo\nThree here comes", theirs), {
    text: "One|\nTwo\nThree here comes",
    rest: theirs,
  })
  const back = "One\nTwo\nThree here comes"
  assert.deepEqual(takenIn("One here comes\nTwo\nThree", "One here comes|\nTwo\nThree", back), {
    text: "One here comes|\nTwo\nThree",
    rest: back,
  })
})

test("T3 what both wrote alike counts as read, in the line that is written in too", () => {
  const { read, rest, below } = rebase("One\nTwo", "One more\nTwo", "One more\nTwo and", { start: 8, end: 8 })

  assert.deepEqual([read, rest], ["One more\nTwo and", null])
  assert.equal(patched("One more\nTwo", below), "One more\nTwo and")
})
