// When a page is hidden or left, all that is typed is sent or copied; once it is seen again the copy goes.
import assert from "node:assert/strict"
import { beforeEach, test } from "node:test"
import { flushOnLeaving } from "app/board/shell/leaving.js"
import { Emitter } from "app/board/sync/events.js"

const NAME = "throughline unstored me b tab"
const draft = (/** @type {string} */ id) => ({ id, words: id, say: "", op: {}, at: 0 })

class FakeStorage {
  /** @type {Record<string, string>} */
  items = {}
  /** @param {string} name @param {string} value */
  setItem(name, value) {
    this.items[name] = value
  }
  /** @param {string} name */
  removeItem(name) {
    delete this.items[name]
  }
  /** The ids of the words in the copy, and how many ops; null where there is none. */
  get copy() {
    const copy = JSON.parse(this.items[NAME] ?? "null")
    return copy && [copy.drafts.map((/** @type {any} */ { id }) => id), copy.queue.length]
  }
}

/** @type {FakeStorage} */
let storage
/** @type {any} */
let page
/** @type {any} */
let context

beforeEach(() => {
  storage = new FakeStorage()
  page = new EventTarget()
  Object.assign(globalThis, {
    document: Object.assign(new EventTarget(), { hidden: false }),
    addEventListener: page.addEventListener.bind(page),
  })
  const queue = /** @type {any[]} */ ([])
  context = {
    about: { me: "me", id: "b" },
    boxes: { flushed: 0, words: [], flush: () => context.boxes.flushed++, unsent: () => context.boxes.words },
    outbox: Object.assign(new Emitter(), {
      tab: "tab",
      queue,
      unstored: () => ({ queue: context.outbox.queue, client: "tab", lastN: 0, nextKey: 9 }),
    }),
    unsaved: { words: [], unstored: () => context.unsaved.words },
  }
  flushOnLeaving(context, /** @type {any} */ (storage))
})

/** @param {boolean} hidden */
function hide(hidden) {
  Object.assign(document, { hidden })
  document.dispatchEvent(new Event("visibilitychange"))
}

test("C4 who leaves the page sends what is typed, and what is not stored yet is copied", () => {
  context.boxes.flush = () => context.outbox.queue.push({ key: 1, n: null })
  context.unsaved.words = [draft("one"), draft("both")]
  context.boxes.words = [draft("both"), draft("two")]
  page.dispatchEvent(new Event("pagehide"))

  assert.deepEqual(storage.copy, [["one", "both", "two"], 1])
})

test("C4 a page that is hidden may never be seen again: it is as one that is left", () => {
  context.boxes.words = [draft("two")]
  hide(true)

  assert.equal(context.boxes.flushed, 1)
  assert.deepEqual(storage.copy, [["two"], 0])
})

test("a page that is seen again has its words in their boxes, and no copy", () => {
  context.boxes.words = [draft("two")]
  page.dispatchEvent(new Event("pagehide"))
  page.dispatchEvent(new Event("pageshow"))
  assert.equal(storage.copy, null)

  hide(true)
  hide(false)
  assert.equal(storage.copy, null)
  assert.equal(context.boxes.flushed, 2)
})

test("what is stored meanwhile leaves the copy of a hidden page, and a seen one is not copied at all", () => {
  context.outbox.queue = [{ key: 1, n: null }]
  context.outbox.emit("kept")
  page.dispatchEvent(new Event("pageshow"))
  assert.equal(storage.copy, null)

  hide(true)
  assert.deepEqual(storage.copy, [[], 1])
  context.outbox.queue = []
  context.outbox.emit("kept")
  assert.equal(storage.copy, null)
})

test("on a shared device what is typed is sent, and nothing is copied", () => {
  storage = new FakeStorage()
  flushOnLeaving(context, null)
  page.dispatchEvent(new Event("pagehide"))

  assert.equal(context.boxes.flushed, 2)
})
