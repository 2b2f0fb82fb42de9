// What this browser stores of boards, for each person: items, cursor, unsent ops, refused texts. In IndexedDB.
import { within } from "app/lib/within.js"
import { openDB } from "idb"
import { openInTime } from "./open_in_time.js"

/** @typedef {import("app/board/schema.js").Item} Item */
/** @typedef {import("app/board/sync/queue.js").Entry} Entry */
/** @typedef {import("app/board/sync/queue.js").Queue} Queue */
/** from: what the words are a change of, as in a queue's entry.
 * @typedef {{ id: string, words: string, say: string, op: import("app/board/schema.js").AnyOp, at: number, from?: From }} Draft */
/** @typedef {{ base?: number, read?: Record<string, string> }} From */
/** @typedef {{ queue: Queue, client: string, lastN: number, nextKey: number }} KeptQueue client: as the server knows it */
/** @typedef {{ cursor: number, audience: string | null, about: Record<string, any> }} Kept */

const PATIENCE = 2000 // ms for what the page waits for and can do without

const TABLES = {
  items: ["person", "board", "id"],
  boards: ["person", "board"],
  queue: ["person", "board", "client", "key"],
  clients: ["person", "board", "client"],
  drafts: ["person", "board", "id"],
}

/**
 * Raises a DOMException where this browser stores nothing: it cannot, does not answer, or is one that others use too.
 * @param {string} [name]
 * @param {boolean} [shared]
 * @param {number} [patience] ms
 */
export async function openDatabase(name = "throughline", shared = isSharedDevice(), patience = PATIENCE) {
  if (shared) throw new DOMException("On a shared device nothing is stored.", "NotAllowedError")
  return openInTime(
    async () =>
      openDB(name, 1, {
        upgrade(db) {
          for (const [table, keyPath] of Object.entries(TABLES)) db.createObjectStore(table, { keyPath })
          db.createObjectStore("notes")
        },
        blocking: (_now, _then, event) => /** @type {IDBDatabase} */ (event.target).close(),
      }),
    patience,
  )
}

/** Whether the person whom the page is made for has said that others use this device too. */
export function isSharedDevice() {
  return !!globalThis.document?.querySelector("[data-me][data-shared]")
}

/** All keys that begin with `start`. @param {string[]} start */
const under = (...start) => IDBKeyRange.bound(start, [...start, []])

/** One person's copy of one board. */
export class Store {
  /** @type {Map<number, Entry>} what of the queue is on disk */
  #onDisk = new Map()

  /**
   * @param {import("idb").IDBPDatabase} db
   * @param {string} person
   * @param {string} board
   */
  constructor(db, person, board) {
    this.db = db
    this.where = { person, board }
    this.range = () => under(person, board)
  }

  /** @returns {Promise<(Kept & { items: Item[] }) | null>} */
  async snapshot() {
    const kept = await this.db.get("boards", [this.where.person, this.where.board])
    if (!kept) return null
    const rows = await this.db.getAll("items", this.range())
    return { ...kept, items: rows.map((row) => row.item) }
  }

  /**
   * Items and cursor in one transaction, so that both are of the same moment. A later copy that another tab has
   * stored stays, unless this is the whole board.
   * @param {Kept} kept
   * @param {Item[]} puts
   * @param {string[]} dels
   * @param {boolean} [whole]
   */
  async keep(kept, puts, dels, whole = false) {
    const tx = this.db.transaction(["items", "boards"], "readwrite", { durability: "relaxed" })
    const items = tx.objectStore("items")
    const there = await tx.objectStore("boards").get([this.where.person, this.where.board])
    if (!whole && there?.cursor > kept.cursor) return tx.done
    if (whole) items.delete(this.range())
    for (const id of dels) items.delete([this.where.person, this.where.board, id])
    for (const item of puts) items.put({ ...this.where, id: item.id, item })
    tx.objectStore("boards").put({ ...this.where, ...kept })
    return tx.done
  }

  /** Tabs of this person and board that left something here. @returns {Promise<string[]>} */
  async clients() {
    const rows = await this.db.getAllKeys("queue", this.range())
    return [...new Set(rows.map((key) => /** @type {string[]} */ (key)[2]))]
  }

  /**
   * @param {string} tab
   * @returns {Promise<KeptQueue>}
   */
  async load(tab) {
    const { person, board } = this.where
    const rows = await this.db.getAll("queue", under(person, board, tab))
    const about = await this.db.get("clients", [person, board, tab])
    const { name = tab, lastN = 0, nextKey = 1 } = about ?? {}
    return { queue: rows.map((row) => row.entry), client: name, lastN, nextKey }
  }

  /** Notes which entries of the queue are stored here already. @param {Queue} queue */
  noteStored(queue) {
    this.#onDisk = new Map(queue.map((entry) => [entry.key, entry]))
  }

  /** The entries of the queue that are not known to be stored here. @param {Queue} queue */
  unstored(queue) {
    return queue.filter((entry) => this.#onDisk.get(entry.key) !== entry)
  }

  /**
   * Writes what changed in the queue. Once this returns, it survives a crash of the browser.
   * @param {string} tab
   * @param {KeptQueue} kept
   */
  async saveQueue(tab, { queue, ...about }) {
    const now = new Map(queue.map((entry) => [entry.key, entry]))
    const tx = this.db.transaction(["queue", "clients"], "readwrite", { durability: "relaxed" })
    const rows = tx.objectStore("queue")
    const { person, board } = this.where
    for (const key of this.#onDisk.keys()) if (!now.has(key)) rows.delete([person, board, tab, key])
    for (const [key, entry] of now) {
      if (this.#onDisk.get(key) !== entry) rows.put(this.#row(tab, entry))
    }
    tx.objectStore("clients").put(this.#about(tab, about))
    await tx.done
    this.#onDisk = now
  }

  /**
   * Writes the whole queue of another tab.
   * @param {string} tab
   * @param {KeptQueue} kept
   */
  async saveFor(tab, { queue, ...about }) {
    const { person, board } = this.where
    const tx = this.db.transaction(["queue", "clients"], "readwrite")
    tx.objectStore("queue").delete(under(person, board, tab))
    for (const entry of queue) tx.objectStore("queue").put(this.#row(tab, entry))
    tx.objectStore("clients").put(this.#about(tab, about))
    await tx.done
  }

  /**
   * @param {string} tab
   * @param {Entry} entry
   */
  #row(tab, entry) {
    return { ...this.where, client: tab, key: entry.key, entry }
  }

  /**
   * @param {string} tab
   * @param {Omit<KeptQueue, "queue">} about
   */
  #about(tab, { client: name, lastN, nextKey }) {
    return { ...this.where, client: tab, name, lastN, nextKey }
  }

  /** Deletes what is stored for a tab whose queue has been sent for it. @param {string} tab */
  async forget(tab) {
    const { person, board } = this.where
    await this.db.delete("queue", under(person, board, tab))
    await this.db.delete("clients", [person, board, tab])
  }

  /** None where the device does not answer. @returns {Promise<Draft[]>} */
  async drafts() {
    const rows = await within(this.db.getAll("drafts", this.range()), PATIENCE).catch(() => [])
    return rows.map((row) => row.draft).sort((a, b) => a.at - b.at)
  }

  /** @param {Draft} draft */
  async keepDraft(draft) {
    await this.db.put("drafts", { ...this.where, id: draft.id, draft })
  }

  /** @param {string} id */
  async dropDraft(id) {
    await this.db.delete("drafts", [this.where.person, this.where.board, id])
  }
}

/**
 * Who used this browser last: the person whose boards may be opened while no server can be reached.
 * @param {import("idb").IDBPDatabase} db
 * @returns {Promise<string | undefined>}
 */
export function lastPerson(db) {
  return db.get("notes", "person")
}

/**
 * @param {import("idb").IDBPDatabase} db
 * @param {string} person
 */
export async function remember(db, person) {
  await db.put("notes", person, "person")
}

/**
 * Forgets who used this browser last, unless it was this person: nobody opens the boards of somebody else.
 * @param {import("idb").IDBPDatabase} db
 * @param {string} person
 */
export async function forgetOthers(db, person) {
  const tx = db.transaction("notes", "readwrite")
  if ((await tx.store.get("person")) !== person) tx.store.delete("person")
  await tx.done
}

/**
 * How many unsent ops and refused texts of a person are stored on this device.
 * @param {import("idb").IDBPDatabase} db
 * @param {string} person
 */
export async function unsent(db, person) {
  return (await db.count("queue", under(person))) + (await db.count("drafts", under(person)))
}

/**
 * Clears all that is kept for a person.
 * @param {import("idb").IDBPDatabase} db
 * @param {string} person
 */
export async function clear(db, person) {
  for (const table of Object.keys(TABLES)) await db.delete(table, under(person))
  if ((await lastPerson(db)) === person) await db.delete("notes", "person")
}
