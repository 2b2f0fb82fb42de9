// Stores the board on this device as the server sends it, so that it opens without a network.

/** @typedef {import("app/board/schema.js").Item} Item */

const PAUSE = 800

/**
 * @param {import("./device_store.js").Store} store
 * @param {import("app/board/sync/sync.js").Sync} sync
 * @param {() => Record<string, any>} about title, purpose, people: what the page shows beside the items
 */
export function keepSnapshot(store, sync, about) {
  /** @type {Set<string>} */
  let dirty = new Set()
  let whole = false
  /** @type {any} */
  let timer = null
  let writing = false
  sync.on("received", (news) => {
    whole ||= news.full
    for (const id of news.dirty) dirty.add(id)
    timer ??= setTimeout(save, PAUSE)
  })
  addEventListener("pagehide", save)

  async function save() {
    clearTimeout(timer)
    timer = null
    if (writing) {
      timer = setTimeout(save, PAUSE)
      return
    }
    writing = true
    const { cursor, audience, items } = sync.replica
    const ids = whole ? [...items.keys()] : [...dirty]
    const all = whole
    dirty = new Set()
    whole = false
    const puts = ids.flatMap((id) => items.get(id) ?? [])
    const dels = ids.filter((id) => !items.has(id))
    try {
      await store.keep({ cursor, audience, about: about() }, puts, dels, all)
    } catch {
      // A full device keeps an older copy: the server has everything, and unsent ops are stored elsewhere.
    } finally {
      writing = false
    }
  }
}
