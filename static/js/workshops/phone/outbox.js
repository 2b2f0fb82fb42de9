// What somebody wrote or chose and the server has not answered yet: kept on this phone, sent in turn, done once.
import { BoardRefusal, NoAnswer } from "app/board/sync/http/transport.js"
import { store } from "app/lib/storage.js"

/**
 * An op, a deed of one's own to undo, or a dot, under an id of its own: sent again it is the same deed. `say`: why the
 * server refused it.
 * @typedef {{ client: string, at: number, op?: any, undo?: number, base?: number, cast?: { phase: string, slot: number, choice: string | null }, phase: string, prompt: string, say?: string }} Entry
 */
/** @typedef {{ ops(client: string, entries: any[]): Promise<any>, cast(one: any): Promise<any> }} Transport */
/**
 * @typedef {object} Handlers
 * @property {() => void} changed what is waiting, or whether the server answers, is not what it was
 * @property {(entry: Entry, ack: any) => void} done
 * @property {(entry: Entry, say: string) => void} refused
 * @property {(say: string) => void} ended the board ends here for this person
 */

const FIRST = 1000 // ms until the next try, doubled each time
const MOST = 15_000
const GIVE_UP = 3 // answers that are none, after which an entry holds up the others no longer

export class Outbox {
  /** @type {Entry[]} */
  entries = []
  /** Whether the last try had no answer. */
  lost = false
  /** What the server said where it can store nothing just now, else "". */
  away = ""
  /** Whether something could not be kept on this phone. */
  unkept = false
  #sending = false
  #wait = FIRST
  /** @type {any} */
  #timer = null
  /** @type {Map<Entry, number>} */
  #misses = new Map()

  /**
   * @param {string} prefix names what this keeps on the phone: the person and the board
   * @param {globalThis.Storage | null} storage null where nothing may be kept
   * @param {Transport} transport
   * @param {Handlers} handlers
   */
  constructor(prefix, storage, transport, handlers) {
    this.prefix = prefix
    this.storage = storage
    this.transport = transport
    this.handlers = handlers
    this.entries = kept(prefix, storage).sort((a, b) => a.at - b.at)
  }

  /** What waits for an answer. */
  get waiting() {
    return this.entries.filter((entry) => entry.say === undefined)
  }

  /** @param {Omit<Entry, "client" | "at">} given */
  add(given) {
    const { cast } = given
    if (cast) {
      // Of a dot only its latest place counts.
      for (const entry of this.entries.filter((one) => isSameDot(one.cast, cast))) this.drop(entry)
    }
    const entry = { ...given, client: crypto.randomUUID(), at: Date.now() }
    this.entries.push(entry)
    this.#keep(entry)
    this.handlers.changed()
    this.send()
    return entry
  }

  /** Tries a refused one again. @param {Entry} entry */
  retry(entry) {
    const { client: _client, at: _at, say: _say, ...given } = entry
    this.drop(entry)
    this.add(given)
  }

  /** @param {Entry} entry */
  drop(entry) {
    this.entries = this.entries.filter((one) => one !== entry)
    this.storage?.removeItem(this.prefix + entry.client)
    this.handlers.changed()
  }

  /** Sends what waits, one after another. */
  async send() {
    if (this.#sending) return
    this.#sending = true
    clearTimeout(this.#timer)
    for (let entry = this.waiting[0]; entry; entry = this.waiting[0]) {
      if (!(await this.#sendOne(entry))) break
    }
    this.#sending = false
    this.handlers.changed()
  }

  stop() {
    clearTimeout(this.#timer)
  }

  /** Whether to go on with the next. @param {Entry} entry */
  async #sendOne(entry) {
    try {
      const ack = await this.#ask(entry)
      if (ack.code === "unavailable" && entry.cast) throw new NoAnswer(true)
      this.#answered()
      if (ack.code) this.#refuse(entry, ack.say ?? "This was not taken.")
      else if (this.entries.includes(entry)) {
        this.drop(entry)
        this.handlers.done(entry, ack)
      }
      return true
    } catch (error) {
      if (error instanceof BoardRefusal) {
        this.handlers.ended(error.say)
        return false
      }
      if (!(error instanceof NoAnswer)) throw error
      return this.#missed(entry, error)
    }
  }

  /** @param {Entry} entry */
  async #ask({ client, op, undo, base, cast }) {
    if (cast) return this.transport.cast(cast)
    const message = await this.transport.ops(client, [
      { n: 1, op, undo, ...(base !== undefined && { base }) },
    ])
    const ack = message.acks?.find((/** @type {any} */ one) => one.n === 1)
    if (!ack) throw new NoAnswer(true)
    return ack
  }

  /** @param {Entry} entry @param {NoAnswer} error */
  #missed(entry, error) {
    const misses = (this.#misses.get(entry) ?? 0) + 1
    const isRefused = error.refused && !error.away
    this.away = error.away
    if (isRefused) this.#misses.set(entry, misses)
    if (isRefused && misses >= GIVE_UP) {
      this.#refuse(entry, "This could not be sent. Try again, or copy the words.")
      return true
    }
    this.lost = true
    this.handlers.changed()
    this.#timer = setTimeout(() => this.send(), this.#wait * (0.5 + Math.random() / 2))
    this.#wait = Math.min(this.#wait * 2, MOST)
    return false
  }

  #answered() {
    this.lost = false
    this.away = ""
    this.#wait = FIRST
  }

  /** Words stay, with the reason; a dot that does not count is let go, as all else without words. @param {Entry} entry @param {string} say */
  #refuse(entry, say) {
    if (wordsOf(entry) === undefined) this.drop(entry)
    else {
      entry.say = say
      this.#keep(entry)
    }
    this.handlers.refused(entry, say)
  }

  /** @param {Entry} entry */
  #keep(entry) {
    if (!this.storage) return
    if (!store(this.storage, this.prefix + entry.client, JSON.stringify(entry))) this.unkept = true
  }
}

/** What somebody wrote, if that is what it is about. @param {Entry} entry @returns {string | undefined} */
export function wordsOf({ op }) {
  return op?.text ?? op?.title
}

/** @param {Entry["cast"]} one @param {NonNullable<Entry["cast"]>} other */
function isSameDot(one, other) {
  return one?.phase === other.phase && one.slot === other.slot
}

/** @param {string} prefix @param {globalThis.Storage | null} storage @returns {Entry[]} */
function kept(prefix, storage) {
  if (!storage) return []
  return Object.keys(storage)
    .filter((name) => name.startsWith(prefix))
    .flatMap((name) => {
      try {
        return [JSON.parse(storage.getItem(name) ?? "")]
      } catch {
        return []
      }
    })
}
