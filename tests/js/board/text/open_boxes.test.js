import assert from "node:assert/strict"
import { beforeEach, test } from "node:test"
import { Emitter } from "app/board/sync/events.js"
import { Unsaved } from "app/board/sync/unsaved.js"
import { ending, obstacle } from "app/board/text/obstacle.js"
import { OpenBoxes } from "app/board/text/open_boxes.js"

/** @param {any} [how] */
function board({
  may = ["edit_card", "add_card", "add_comment"],
  role = "member",
  ids = ["a"],
  locked = /** @type {string[]} */ ([]),
} = {}) {
  const items = new Set(ids)
  const sync = Object.assign(new Emitter(), { you: { role }, ended: undefined })
  /** @type {any} */
  const context = {
    sync,
    allowed: new Set(may),
    items,
    mayDo: (/** @type {any} */ op) => context.may(op.do) && !locked.includes(op.id),
    may: (/** @type {string} */ act) => context.allowed.has(act),
    get: (/** @type {string} */ id) => (items.has(id) ? { id } : undefined),
    outbox: { store: null },
    unsaved: new Unsaved(() => null),
  }
  return context
}

/** @param {string | null} words */
function box(words) {
  /** @type {any} */
  const made = {
    input: { value: words },
    note: new Note(),
    words,
    flushed: 0,
    unsent: () => made.words,
    flush: () => made.flushed++,
    op: (/** @type {string} */ text) => ({ do: "edit_card", id: "a", text }),
  }
  return made
}

class Note {
  /** @type {any[]} */
  children = []
  textContent = ""
  get firstElementChild() {
    return this.children[0]
  }
  addEventListener() {}
  setAttribute() {}
  /** @param {any[]} children */
  append(...children) {
    this.children.push(...children)
  }
  replaceChildren() {
    this.children = []
  }
}

beforeEach(() => {
  Object.assign(globalThis, { document: { createElement: () => new Note() } })
})

test("the reason is said in a sentence: archived, lowered, removed, and nothing where all is well", () => {
  const edit = { do: "edit_card", id: "a", text: "" }

  assert.equal(obstacle(board(), edit), null)
  assert.match(obstacle(board({ may: [] }), edit) ?? "", /archived/)
  assert.match(obstacle(board({ may: [], role: "observer" }), edit) ?? "", /read this board now/)
  assert.equal(obstacle(board({ ids: [] }), edit), "This card is no longer on the board.")
  for (const op of [
    { do: "add_comment", card: "a" },
    { do: "add_card", section: "a" },
  ])
    assert.match(obstacle(board({ ids: [] }), { id: "n", ...op }) ?? "", /no longer on the board/)
  assert.equal(obstacle(board({ ids: [] }), { do: "add_card", id: "n", section: null }), null)
})

test("a lock is a reason too: of one section, and of the set-up of a board that takes cards", () => {
  const title = { do: "edit_section", id: "a", title: "" }

  assert.equal(obstacle(board({ may: ["edit_section", "add_card"] }), title), null)
  assert.match(
    obstacle(board({ may: ["edit_section", "add_card"], locked: ["a"] }), title) ?? "",
    /locked now/,
  )
  assert.match(obstacle(board({ may: ["add_card"] }), title) ?? "", /locked now/)
})

test("a page that no longer reaches its board says where the words are", () => {
  assert.equal(ending(undefined, true), null)
  assert.match(ending("signed-out", true) ?? "", /signed out.*stored on this device only/)
  assert.match(ending("not-a-member", false) ?? "", /no longer belong.*not saved/)
})

test("a box whose card is removed shows why, and its words are not saved; they are again when it comes back", () => {
  const context = board()
  const boxes = new OpenBoxes(context)
  const mine = box("Dear words")
  boxes.open(mine)
  context.items.delete("a")
  context.sync.emit("changed")

  assert.equal(mine.note.children[0].textContent, "This card is no longer on the board.")
  assert.deepEqual(
    context.unsaved.list.map((/** @type {any} */ each) => each.words),
    ["Dear words"],
  )

  context.items.add("a")
  context.sync.emit("changed")

  assert.equal(mine.note.children.length, 0)
  assert.equal(context.unsaved.list.length, 0)
  assert.equal(mine.flushed, 1)
})

test("a box without unsent words shows the reason, and nothing is not saved", () => {
  const context = board()
  const mine = box(null)
  new OpenBoxes(context).open(mine)
  context.allowed.clear()
  context.sync.emit("welcome")

  assert.equal(mine.note.children.length, 2)
  assert.equal(context.unsaved.list.length, 0)
})

test("what cannot be saved is not sent", () => {
  const context = board({ may: [] })
  const boxes = new OpenBoxes(context)
  const mine = box("Dear words")
  boxes.open(mine)
  let sent = 0

  assert.equal(
    boxes.send(mine, () => Boolean(++sent)),
    false,
  )
  assert.equal(sent, 0)
})

test("the words of a box that is left stay under not saved", () => {
  const context = board({ may: [] })
  const boxes = new OpenBoxes(context)
  const mine = box("Dear words")
  boxes.open(mine)
  boxes.close(mine)
  context.allowed.add("edit_card")
  context.sync.emit("welcome")

  assert.equal(context.unsaved.list.length, 1)
})

test("a box that is opened where nothing can be saved says so at once", () => {
  const mine = box(null)
  new OpenBoxes(board({ may: [] })).open(mine)

  assert.equal(mine.note.children.length, 2)
})

test("a box that is closed sends its words, keeps what cannot be sent, and shows no reason any more", () => {
  const context = board()
  const boxes = new OpenBoxes(context)
  const mine = box("Dear words")
  boxes.open(mine)
  context.allowed.clear()
  boxes.close(mine)

  assert.equal(mine.flushed, 1)
  assert.equal(context.unsaved.list.length, 1)
  assert.equal(mine.note.children.length, 0)
})
