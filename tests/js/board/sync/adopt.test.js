import "fake-indexeddb/auto"
import assert from "node:assert/strict"
import { test } from "node:test"
import { openDatabase, Store } from "app/board/device/device_store.js"
import { takeOver } from "app/board/sync/adopt.js"
import { Poster } from "app/board/sync/http/poster.js"
import { NoAnswer } from "app/board/sync/http/transport.js"

let count = 0

/** A tab that died with two deeds, one of them sent. @param {any[]} [answers] */
async function left(answers) {
  const store = new Store(await openDatabase(`adopt${count++}`), "me", "board")
  const queue = [
    { key: 1, n: 7, op: { do: "remove_card", id: "a" } },
    { key: 2, n: null, op: { do: "edit_card", id: "b", text: "Dear words" } },
  ]
  await store.saveFor("dead", { queue, client: "dead", lastN: 7, nextKey: 3 })
  /** @type {any[]} */
  const posted = []
  /** @type {any[]} */
  const refused = []
  const http = {
    /** @param {string} client @param {any[]} entries */
    ops: async (client, entries) => {
      posted.push([client, entries.map((entry) => entry.n)])
      return { type: "changes", acks: answers ?? entries.map(({ n }) => ({ n, seq: 90 + n })) }
    },
  }
  const sync = /** @type {any} */ ({
    polling: { http, poster: new Poster(/** @type {any} */ (http)) },
    replica: { cursor: 0, audience: null },
    outbox: { emit: (/** @type {string} */ _, /** @type {any} */ news) => refused.push(news.words) },
  })
  return { store, posted, refused, sync }
}

test("C7 a dead tab's deeds go out under its own client and numbers, and then it is forgotten", async () => {
  const { store, posted, sync } = await left()
  let released = 0
  await takeOver(store, sync, { client: "dead", release: () => released++ })

  assert.deepEqual(posted, [["dead", [7, 8]]])
  assert.deepEqual(await store.clients(), [])
  assert.equal(released, 1)
})

test("C7 the words of a dead tab's refused deed come back as not saved", async () => {
  const answers = [
    { n: 7, seq: 97 },
    { n: 8, code: "not_found", say: "No longer here." },
  ]
  const { store, refused, sync } = await left(answers)
  await takeOver(store, sync, { client: "dead", release: () => {} })

  assert.deepEqual(refused, ["Dear words"])
})

test("C7 deeds that were not answered stay for the next try, under the numbers they were given", async () => {
  const { store, sync } = await left([])
  await takeOver(store, sync, { client: "dead", release: () => {} })

  assert.deepEqual(
    (await store.load("dead")).queue.map((entry) => entry.n),
    [7, 8],
  )
})

test("a dead tab's deeds reach a server that was restored, as a new client's", async () => {
  const { store, posted, sync } = await left()
  const { http } = sync.polling
  const { ops } = http
  let restored = 0
  http.ops = async (/** @type {string} */ client, /** @type {any[]} */ entries) => {
    const said = await ops(client, entries)
    return client === "dead" && ++restored ? { type: "welcome", last_n: 2 } : said
  }
  await takeOver(store, sync, { client: "dead", release: () => {} })

  assert.equal(restored, 1)
  assert.deepEqual(posted[1][1], [1, 2])
  assert.deepEqual(await store.clients(), [])
})

test("a dead tab's op that no proxy lets through comes back as not saved, and those behind it are sent", async () => {
  const { store, posted, refused, sync } = await left()
  const { http } = sync.polling
  const { ops } = http
  http.changes = async () => ({ type: "welcome" })
  http.ops = async (/** @type {string} */ client, /** @type {any[]} */ entries) => {
    if (entries.some(({ op }) => op?.text === "Dear words")) throw new NoAnswer(true)
    const answer = await ops(client, entries)
    const empty = (/** @type {number} */ n) => ({
      n,
      code: "invalid",
      say: "That message contains no request.",
    })
    answer.acks = entries.map(({ n, op }) => (op ? { n, seq: 90 + n } : empty(n)))
    return answer
  }
  for (let look = 0; look < 4; look++) await takeOver(store, sync, { client: "dead", release: () => {} })

  assert.deepEqual(
    posted.map(([, numbers]) => numbers),
    [[7], [8]],
  )
  assert.deepEqual(refused, ["Dear words"])
  assert.deepEqual(await store.clients(), [])
})

test("of two tabs the one that is behind does not overwrite the copy of the other", async () => {
  const store = new Store(await openDatabase(`adopt${count++}`), "me", "board")
  const item = (/** @type {string} */ text) => ({ id: "a", item: "card", seq: 1, fields: { text } })
  await store.keep({ cursor: 9, audience: "x", about: {} }, [item("new")], [])
  await store.keep({ cursor: 8, audience: "x", about: {} }, [item("old")], [])
  const kept = await store.snapshot()
  await store.keep({ cursor: 2, audience: "y", about: {} }, [], [], true)

  assert.deepEqual([kept?.cursor, kept?.items[0].fields.text], [9, "new"])
  assert.deepEqual((await store.snapshot())?.items, [])
})
