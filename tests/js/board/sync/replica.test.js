import assert from "node:assert/strict"
import { test } from "node:test"
import { Replica } from "app/board/sync/replica.js"

const ME = { id: "me", at: 5 }
const you = { id: "me", name: "Me", organisation: "o", role: "member", may: [] }
const limits = { op: 1, text: 1, cards: 1, rate: 1, burst: 1 }

/**
 * @param {string} id
 * @param {any} [fields]
 * @param {number} [seq]
 */
function card(id, fields = {}, seq = 1) {
  return {
    id,
    item: "card",
    seq,
    fields: { kind: "note", text: id, section: null, x: 0, y: 0, order: `a${id}`, ...fields },
  }
}

/** @param {string} id @param {Record<string, any>} [fields] */
const part = (id, fields = {}) => ({
  id,
  item: "section",
  seq: 1,
  fields: { title: "S", x: 100, y: 40, w: 300, h: 200, order: "a0", ...fields },
})
/** @param {any} more @returns {any} */
const welcome = (more) => ({
  type: "welcome",
  you,
  limits,
  audience: "x",
  full: true,
  from: 0,
  to: 1,
  puts: [],
  dels: [],
  last_n: 0,
  ...more,
})
/** @param {any} more @returns {any} */
const changes = (more) => ({ type: "changes", from: 1, to: 2, puts: [], dels: [], acks: [], ...more })

test("D11 a board in parts is taken in when the last part is there", () => {
  const replica = new Replica()

  assert.equal(replica.welcome(welcome({ part: { i: 1, of: 2 }, puts: [card("a")] })), null)
  assert.equal(replica.view.size, 0)
  assert.deepEqual(
    replica.welcome(welcome({ part: { i: 2, of: 2 }, puts: [card("b")] })),
    new Set(["a", "b"]),
  )
})

test("a whole board drops what is no longer in it", () => {
  const replica = new Replica()
  replica.welcome(welcome({ puts: [card("a"), card("b")] }))
  const dirty = replica.welcome(welcome({ puts: [card("b")] }))

  assert.deepEqual(dirty, new Set(["a", "b"]))
  assert.deepEqual([...replica.view.keys()], ["b"])
})

test("D2 a frame that does not go on from the cursor is not taken in", () => {
  const replica = new Replica()
  replica.welcome(welcome({ puts: [card("a")] }))

  assert.equal(replica.changes(changes({ from: 7, to: 8, dels: ["a"] })), null)
  assert.equal(replica.cursor, 1)
  assert.ok(replica.view.has("a"))
})

test("D4 an audience that comes with a frame is the one to resume with, and else it stays", () => {
  const replica = new Replica()
  replica.welcome(welcome({ audience: "x" }))
  replica.changes(changes({}))
  const before = replica.audience
  replica.changes(changes({ from: 2, to: 3, audience: "y" }))
  replica.changes(changes({ from: 9, to: 10, audience: "not for us" }))

  assert.deepEqual([before, replica.audience], ["x", "y"])
})

test("unknown kinds of item and unknown fields are kept as they came", () => {
  const replica = new Replica()
  const odd = { id: "z", item: "sundial", seq: 1, fields: { glow: 3 } }
  replica.welcome(welcome({ puts: [odd] }))

  assert.deepEqual(replica.view.get("z"), odd)
})

test("own deeds show at once and give way to what the server makes of them", () => {
  const replica = new Replica()
  replica.welcome(welcome({ puts: [card("a")] }))
  replica.overlay([{ do: "edit_card", id: "a", text: "mine" }], ME)
  const during = replica.view.get("a")?.fields.text
  replica.changes(changes({ puts: [card("a", { text: "both" }, 2)] }))
  replica.overlay([], ME)

  assert.equal(during, "mine")
  assert.equal(replica.view.get("a")?.fields.text, "both")
})

test("others' changes show under own deeds on other fields", () => {
  const replica = new Replica()
  replica.welcome(welcome({ puts: [card("a")] }))
  const ops = [{ do: "move_card", id: "a", x: 50, y: 60 }]
  replica.overlay(ops, ME)
  replica.changes(changes({ puts: [card("a", { text: "theirs" }, 2)] }))
  replica.overlay(ops, ME)

  assert.deepEqual(
    ["text", "x"].map((field) => replica.view.get("a")?.fields[field]),
    ["theirs", 50],
  )
})

test("a new card goes last in its section, and later deeds on it follow", () => {
  const replica = new Replica()
  replica.welcome(welcome({ puts: [part("s"), card("a", { section: "s", order: "a5" })] }))
  replica.overlay(
    [
      { do: "add_card", id: "b", kind: "ask", text: "New", section: "s" },
      { do: "edit_card", id: "b", kind: "offer" },
    ],
    ME,
  )

  const added = replica.view.get("b")
  assert.equal(added?.fields.kind, "offer")
  assert.ok(/** @type {any} */ (added).fields.order > "a5")
})

test("a card moved after another gets a key between that one and the next", () => {
  const replica = new Replica()
  replica.welcome(
    welcome({ puts: [card("a", { order: "a1" }), card("b", { order: "a2" }), card("c", { order: "a3" })] }),
  )
  replica.overlay([{ do: "move_card", id: "c", after: "a" }], ME)

  const order = replica.view.get("c")?.fields.order
  assert.ok(order > "a1" && order < "a2")
})

test("the cards of a removed section stay where they were to the eye", () => {
  const replica = new Replica()
  replica.welcome(welcome({ puts: [part("s", { layout: "free" }), card("a", { section: "s", x: 5, y: 6 })] }))
  replica.overlay([{ do: "remove_section", id: "s" }], ME)

  assert.equal(replica.view.has("s"), false)
  const { section: home, x, y } = /** @type {any} */ (replica.view.get("a")).fields
  assert.deepEqual([home, x, y], [null, 105, 46])
})

test("a deed on what others have removed changes nothing here", () => {
  const replica = new Replica()
  replica.welcome(welcome({ puts: [card("a")] }))
  replica.changes(changes({ dels: ["a"] }))
  replica.overlay([{ do: "edit_card", id: "a", text: "late" }], ME)

  assert.equal(replica.view.size, 0)
})
