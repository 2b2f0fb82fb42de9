// What this device stores of a board, and this tab's place on it. A device that does not answer in time is done without.

import { claim } from "app/board/sync/client.js"
import { within } from "app/lib/within.js"
import { lastPerson, openDatabase, Store } from "./device_store.js"
import { takeCopies } from "./unload_copy.js"

/** @typedef {Awaited<ReturnType<Store["snapshot"]>>} Snapshot */
/** @typedef {{ tab: string, queue: import("./device_store.js").KeptQueue }} Place the name of this tab, and what it left unsent */
/**
 * db, store: null where the browser stores nothing; place: null where this tab can keep nothing either
 * @typedef {{ db: import("idb").IDBPDatabase | null, store: Store | null, person: string | null, kept: Snapshot, place: Place | null }} Device
 */

const PATIENCE = 2000 // ms
/** @type {Device} */
const NOTHING = { db: null, store: null, person: null, kept: null, place: null }

/**
 * @param {string} board
 * @param {object} who
 * @param {string} [who.person] as the page says, else the last person who used this browser
 * @param {string | null} who.tab the name that this tab had before
 * @param {import("app/board/sync/client.js").Locks | undefined} who.locks
 * @param {globalThis.Storage} who.copies where closed tabs left what they could not store in time
 * @param {number} [who.patience]
 * @returns {Promise<Device>}
 */
export async function openDevice(board, { person, tab, locks, copies, patience = PATIENCE }) {
  const late = new AbortController()
  try {
    const opened = await within(openBoard(board, person, late.signal), patience)
    if (!opened.store || !locks) return opened
    const store = opened.store
    const taken = takeCopies(copies, store, locks)
      .catch(() => false) // a full device leaves them where they are
      .then(() => takePlace(store, locks, tab, late.signal))
    const place = await within(taken, patience).catch(() => null)
    if (!place) late.abort()
    return { ...opened, place }
  } catch {
    late.abort()
    return { ...NOTHING, person: person ?? null }
  }
}

/**
 * @param {string} board
 * @param {string | undefined} person
 * @param {AbortSignal} late
 * @returns {Promise<Device>}
 */
async function openBoard(board, person, late) {
  const db = await openDatabase()
  if (late.aborted) db.close()
  const owner = person ?? (await lastPerson(db))
  const store = owner ? new Store(db, owner, board) : null
  return { db, store, person: owner ?? null, kept: (await store?.snapshot()) ?? null, place: null }
}

/**
 * @param {Store} store
 * @param {import("app/board/sync/client.js").Locks} locks
 * @param {string | null} wanted
 * @param {AbortSignal} late lets go of the place
 * @returns {Promise<Place>}
 */
async function takePlace(store, locks, wanted, late) {
  const tab = await claim(store, locks, wanted, late)
  return { tab, queue: await store.load(tab) }
}
