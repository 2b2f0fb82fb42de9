// A copy of what is not stored in IndexedDB yet, written at once when a page is left: what is still being written to
// IndexedDB then may be lost. Whoever opens the board next moves it to IndexedDB.

import { hold } from "app/board/sync/client.js"

/** @typedef {import("./device_store.js").Store} Store */
/** @typedef {import("./device_store.js").KeptQueue} KeptQueue */
/** @typedef {import("./device_store.js").Draft} Draft */
/** @typedef {KeptQueue & { drafts: Draft[] }} Copy */
/** @typedef {Pick<globalThis.Storage, "getItem" | "setItem" | "removeItem">} Tabs a store that is written at once */

const NAME = "throughline unstored"

/** Its owner is part of the name. @param {Store["where"]} where @param {string} [tab] */
function nameOf({ person, board }, tab = "") {
  return `${NAME} ${person} ${board} ${tab}`
}

/**
 * Writes the copy of a tab; removes it where there is nothing to copy any more. Gives whether there is.
 * @param {Tabs} storage
 * @param {Store["where"]} where
 * @param {string} tab
 * @param {Copy} copy
 */
export function writeCopy(storage, where, tab, copy) {
  const name = nameOf(where, tab)
  if (!copy.queue.length && !copy.drafts.length) {
    storage.removeItem(name)
    return false
  }
  try {
    storage.setItem(name, JSON.stringify(copy))
  } catch {
    // The device is full: IndexedDB may still be quick enough.
  }
  return true
}

/** @param {Tabs} storage @param {string} name @returns {Copy | null} */
function read(storage, name) {
  try {
    return JSON.parse(storage.getItem(name) ?? "null")
  } catch {
    return null // somebody else has written there
  }
}

/**
 * Moves the copies that closed pages of this person and board left to IndexedDB. Gives whether there were any.
 * @param {Tabs} storage
 * @param {Store} store
 * @param {import("app/board/sync/client.js").Locks} locks
 */
export async function takeCopies(storage, store, locks) {
  let any = false
  for (const name of Object.keys(storage).filter((each) => each.startsWith(nameOf(store.where)))) {
    const tab = name.slice(nameOf(store.where).length)
    const release = await hold(locks, store, tab)
    if (!release) continue // its page is still open
    try {
      await take(store, tab, read(storage, name))
      storage.removeItem(name)
      any = true
    } finally {
      await release()
    }
  }
  return any
}

/**
 * @param {Store} store
 * @param {string} tab
 * @param {Copy | null} copy
 */
async function take(store, tab, copy) {
  if (copy?.queue.length) await store.saveFor(tab, merge(await store.load(tab), copy))
  for (const draft of copy?.drafts ?? []) await store.keepDraft(draft)
}

/**
 * A stored queue with what was not stored yet. An entry with a number was stored before it was sent: it stays.
 * @param {KeptQueue} stored
 * @param {KeptQueue} copy
 * @returns {KeptQueue}
 */
export function merge(stored, copy) {
  const entries = new Map(stored.queue.map((entry) => [entry.key, entry]))
  for (const entry of copy.queue) {
    const there = entries.get(entry.key)
    if (!there || there.n === null || stored.client !== copy.client) entries.set(entry.key, entry)
  }
  return {
    queue: [...entries.values()].sort((a, b) => a.key - b.key),
    client: copy.client,
    lastN: stored.client === copy.client ? Math.max(stored.lastN, copy.lastN) : copy.lastN,
    nextKey: Math.max(stored.nextKey, copy.nextKey),
  }
}

/**
 * The copies of all boards of a person.
 * @param {globalThis.Storage} storage
 * @param {string} person
 * @returns {{ name: string, board: string, copy: Copy }[]}
 */
export function copiesOf(storage, person) {
  return namesOf(storage, person).flatMap((name) => {
    const copy = read(storage, name)
    return copy ? [{ name, board: name.slice(`${NAME} ${person} `.length).split(" ")[0], copy }] : []
  })
}

/** Takes one op or one text out of a copy. @param {globalThis.Storage} storage @param {string} name @param {{ id?: string, key?: number }} which */
export function dropCopied(storage, name, { id, key }) {
  const copy = read(storage, name)
  if (!copy) return
  const queue = copy.queue.filter((entry) => entry.key !== key)
  const drafts = copy.drafts.filter((draft) => draft.id !== id)
  if (queue.length || drafts.length) storage.setItem(name, JSON.stringify({ ...copy, queue, drafts }))
  else storage.removeItem(name)
}

/** When somebody signs out: how many ops and words of theirs are in copies. @param {globalThis.Storage} storage @param {string} person */
export function countCopied(storage, person) {
  const copies = namesOf(storage, person).map((name) => read(storage, name))
  return copies.reduce((sum, copy) => sum + (copy ? copy.queue.length + copy.drafts.length : 0), 0)
}

/** @param {globalThis.Storage} storage @param {string} person */
export function forgetCopies(storage, person) {
  for (const name of namesOf(storage, person)) storage.removeItem(name)
}

/** @param {globalThis.Storage} storage @param {string} person */
function namesOf(storage, person) {
  return Object.keys(storage).filter((name) => name.startsWith(`${NAME} ${person} `))
}
