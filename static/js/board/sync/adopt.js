// Sends the ops that a closed tab of the same person left unsent, over HTTP and under its old client id (C7).
import { freeze, resume, settle, unnumbered } from "./queue.js"
import { refusals } from "./refusal.js"

/** @typedef {import("app/board/device/device_store.js").Store} Store */

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
      for (const orphan of await orphans(sync.outbox.tab)) await takeOver(store, sync, orphan)
    } catch {
      // the connection was lost again: the next look continues where this one stopped
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
export async function takeOver(store, sync, { client: tab, release }) {
  try {
    let kept = await store.load(tab)
    while (kept.queue.length) {
      const { frozen, ...numbered } = freeze(kept.queue, kept.lastN)
      kept = { ...kept, ...numbered }
      if (frozen.length) await store.saveFor(tab, kept)
      const left = await send(sync, kept)
      if (left.queue.length === kept.queue.length && left.client === kept.client) return
      kept = left
      await store.saveFor(tab, kept)
    }
    await store.forget(tab)
  } finally {
    release()
  }
}

/**
 * One round over HTTP. Gives what is left of the queue, and the client id to send it under.
 * @param {import("./sync.js").Sync} sync
 * @param {import("app/board/device/device_store.js").KeptQueue} kept
 * @returns {Promise<import("app/board/device/device_store.js").KeptQueue>}
 */
async function send(sync, kept) {
  const ready = kept.queue.filter((entry) => entry.n !== null)
  const { acks, welcome } = await post(sync, kept.client, ready)
  if (welcome && resume(kept.queue, welcome.last_n, kept.lastN).missing) {
    return { ...kept, queue: unnumbered(kept.queue), client: crypto.randomUUID(), lastN: 0 }
  }
  let { queue } = kept
  for (const ack of acks) {
    const { queue: rest, entry } = settle(queue, ack)
    queue = rest
    const worded = entry ? refusals(entry, ack).filter(({ words }) => words !== null) : []
    for (const refusal of worded) sync.outbox.emit("refused", refusal)
  }
  return { ...kept, queue }
}

/**
 * @param {import("./sync.js").Sync} sync
 * @param {string} client
 * @param {import("./queue.js").Entry[]} entries
 * @returns {Promise<import("./http/poster.js").Posted>}
 */
async function post(sync, client, entries) {
  if (!sync.polling) return { acks: [] }
  const { http, poster } = sync.polling
  const posted = await poster.post(client, entries)
  if (!posted.stuck) return posted
  await http.changes(client, sync.replica.cursor, sync.replica.audience) // raises where nothing gets through
  return { ...posted, acks: [...posted.acks, ...((await poster.giveUp(client, posted.stuck)) ?? [])] }
}
