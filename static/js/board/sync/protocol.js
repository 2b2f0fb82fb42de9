// The shapes of what travels between browser and server, and how a message is read.

/** @typedef {Record<string, any>} Fields */
/** @typedef {{ id: string, item: string, seq: number, fields: Fields }} Item */
/** @typedef {{ do: string, id: string, [field: string]: any }} Op */
/** @typedef {{ n: number, seq?: number, code?: string, say?: string, merged?: string[], conflict?: Clash, skipped?: number, undo?: boolean }} Ack */
/** @typedef {{ id: string, field: string, yours: string, theirs: string }} Clash */
/** @typedef {{ id: string, name: string, organisation: string, role: string, may: string[] }} You */
/** @typedef {{ op: number, text: number, cards: number, rate: number, burst: number }} Limits */
/**
 * @typedef {object} Welcome
 * @property {"welcome"} type
 * @property {number} [conn]
 * @property {You} you
 * @property {string} audience
 * @property {boolean} full
 * @property {number} from
 * @property {number} to
 * @property {{ i: number, of: number }} [part]
 * @property {Item[]} puts
 * @property {string[]} dels
 * @property {number} last_n
 * @property {Limits} limits
 * @property {Clash[]} [conflicts]
 */
/** @typedef {{ type: "changes", from: number, to: number, puts: Item[], dels: string[], acks: Ack[], conflicts?: Clash[] }} Changes */
/** @typedef {{ id: string, x?: number, y?: number, on?: string, writing?: boolean }} Here */
/** @typedef {{ type: "bye", code: number, say: string, retry_after?: number | null }} Bye */
/** @typedef {{ type: string, [field: string]: any }} Message */

export const VERSION = 1

export const LIMITS = { op: 16384, text: 4000, cards: 5000, rate: 20, burst: 60 }

/** Why the server closed, where trying again by itself would not help. */
export const FINAL = new Map([
  [4401, "signed-out"],
  [4403, "not-a-member"],
  [4404, "gone"],
  [4410, "reload"],
])

/**
 * A message out of a frame; null for what cannot be read, which is then left alone.
 * @param {unknown} text
 * @returns {Message | null}
 */
export function read(text) {
  if (typeof text !== "string") return null
  try {
    const message = JSON.parse(text)
    return typeof message?.type === "string" ? message : null
  } catch {
    return null
  }
}

/**
 * An op's or an undo's message. `n` must be set.
 * @param {{ n: number | null, op?: Op, undo?: number, base?: number }} entry
 */
export function write(entry) {
  const { n, op, undo, base } = entry
  if (!op) return { type: "op", n, undo_of: undo }
  return base === undefined ? { type: "op", n, op } : { type: "op", n, op, base }
}
