// Sends what a dead tab of the same person left behind, by post and under its old client (C7).
import { freeze, settle, wordsOf } from "./queue.js"

/** @typedef {import("./store.js").Store} Store */

const AGAIN = 30_000

/**
 * @param {Store} store
 * @param {import("./sync.js").Sync} sync
 * @param {(own: string) => Promise<{ client: string, release: () => void }[]>} orphans
 */
export function adopt(store, sync, orphans) {
  let busy = false
  sync.on("welcome", look)
  setInterval(look, AGAIN)

  async function look() {
    if (busy || !sync.live || sync.ended) return
    busy = true
    try {
      for (const orphan of await orphans(sync.outbox.client)) await takeOver(store, sync, orphan)
    } catch {
      // the network went again: the next look goes on from where this one got
    } finally {
      busy = false
    }
  }
}

/**
 * @param {Store} store
 * @param {import("./sync.js").Sync} sync
 * @param {{ client: string, release: () => void }} orphan
 */
export async function takeOver(store, sync, { client, release }) {
  try {
    let { queue, lastN, nextKey } = /** @type {any} */ (await store.load(client))
    while (queue.length) {
      const frozen = freeze(queue, lastN)
      ;({ queue, lastN } = frozen)
      if (frozen.frozen.length) await store.saveFor(client, queue, lastN, nextKey)
      const left = await send(sync, client, queue)
      if (left.length === queue.length) return
      queue = left
      await store.saveFor(client, queue, lastN, nextKey)
    }
    await store.forget(client)
  } finally {
    release()
  }
}

/**
 * @param {import("./sync.js").Sync} sync
 * @param {string} client
 * @param {import("./queue.js").Entry[]} queue
 */
async function send(sync, client, queue) {
  const ready = queue.filter((entry) => entry.n !== null)
  const said = await sync.post?.ops(client, ready)
  /** @type {import("./queue.js").Queue} */
  let left = queue
  for (const ack of said?.type === "changes" ? said.acks : []) {
    const { queue: rest, entry } = settle(left, ack)
    left = rest
    const words = ack.code && entry ? wordsOf(entry.op) : null
    if (words !== null) sync.outbox.tell("refused", { op: entry?.op, ack, words })
  }
  return [...left]
}
