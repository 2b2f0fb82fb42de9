// Which key does what, on whatever keyboard.
import assert from "node:assert/strict"
import { test } from "node:test"
import { KEYS, keyFor, writes } from "app/board/shell/keymap.js"

/** @param {string} key @param {string} code @param {string} [held] @returns {any} */
function press(key, code, held = "") {
  const has = (/** @type {string} */ name) => held.includes(name)
  return {
    key,
    code,
    ctrlKey: has("Ctrl"),
    metaKey: has("Meta"),
    shiftKey: has("Shift"),
    altKey: has("Alt+"),
    getModifierState: (/** @type {string} */ name) => name === "AltGraph" && has("AltGr"),
  }
}

/** @param {string} key @param {string} code @param {string} [held] */
const act = (key, code, held) => keyFor(press(key, code, held), true)?.act

test("undo works on every layout: by the letter where it is Latin, else by its place", () => {
  for (const key of ["z", "я", "ζ", "ز", "ז", "ผ", "ㅋ", "Process", "Dead"])
    assert.equal(act(key, "KeyZ", "Ctrl"), "undo", key)
  assert.equal(act("Я", "KeyZ", "Ctrl Shift"), "redo")
  assert.equal(act("н", "KeyY", "Meta"), "redo")
  assert.equal(act("ั", "KeyY", "Ctrl"), "redo", "a Thai vowel is no letter of its own")
})

test("where letters are Latin but elsewhere the letter counts, not its place", () => {
  assert.equal(act("z", "KeyY", "Ctrl"), "undo", "on a German keyboard")
  assert.equal(act("z", "KeyW", "Ctrl"), "undo", "on a French keyboard")
  assert.equal(act("w", "KeyZ", "Ctrl"), undefined)
  assert.equal(act(";", "KeyZ", "Ctrl"), undefined, "a sign is itself, as on Dvorak")
})

test("single letters and signs count on every layout, and can be switched off", () => {
  assert.equal(act("n", "KeyN"), "add")
  assert.equal(act("т", "KeyN"), "add")
  assert.equal(act("لا", "KeyB"), undefined)
  assert.equal(act("?", "Digit7", "Shift"), "help")
  assert.equal(act("ъ", "BracketRight"), "next")
  assert.equal(keyFor(press("n", "KeyN"), false), undefined)
  assert.equal(keyFor(press("Enter", "Enter"), false)?.act, "edit")
})

test("several cards are chosen by keys that write nothing", () => {
  assert.equal(act(" ", "Space", "Shift"), "toggle")
  assert.equal(act("a", "KeyA", "Ctrl"), "all")
  assert.equal(act("ф", "KeyA", "Ctrl"), "all")
  assert.equal(act("d", "KeyD", "Ctrl"), "duplicate")
  assert.equal(act("ArrowDown", "ArrowDown", "Alt+ Shift"), "extend")
  assert.equal(act("ArrowUp", "ArrowUp", "Alt+"), "before")
})

test("Alt with a letter is a shortcut also where a Mac makes a sign of it", () => {
  for (const [key, code, does] of [
    ["m", "KeyM", "move"],
    ["µ", "KeyM", "move"],
    ["¬", "KeyL", "link"],
    ["ç", "KeyC", "comment"],
  ])
    assert.equal(act(key, code, "Alt+"), does, key)
})

test("letters, signs and what begins one are writing, shortcuts and named keys are not", () => {
  for (const key of ["s", "S", "я", "ก", "لا", "[", "1", "Dead", "Process"])
    assert.equal(writes(press(key, "KeyA")), true, key)
  assert.equal(writes(press("@", "KeyQ", "Ctrl Alt+ AltGr")), true)
  for (const key of [" ", "Enter", "F2", "Tab", "ArrowLeft", "Unidentified"])
    assert.equal(writes(press(key, key)), false, key)
  for (const held of ["Ctrl", "Meta", "Alt+"]) assert.equal(writes(press("z", "KeyZ", held)), false, held)
})

test("what needs something selected has no single letter: those write", () => {
  const single = KEYS.filter(({ keys }) => keys.some((key) => key.length === 1)).map(({ act: each }) => each)

  for (const each of ["link", "move", "comment", "edit", "remove"])
    assert.equal(single.includes(each), false, each)
})
