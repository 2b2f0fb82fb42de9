// Posts numbered ops over HTTP in order, and finds the one that something on the way does not let through.
import { LIMITS } from "app/board/schema.js"
import { NoAnswer } from "./transport.js"

/** @typedef {import("../queue.js").Entry} Entry */
/** @typedef {import("app/board/schema.js").OpResult} OpResult */
/** @typedef {import("app/board/schema.js").Welcome} Welcome */
/** acks: in order; welcome: where the server lacks a number; stuck: the op that did not pass on its own.
 * @typedef {{ acks: OpResult[], welcome?: Welcome, stuck?: Entry }} Posted */

const MOST = 64 // ops in one request
const TRIES = 3
const SAY = "Something on this network does not let this change through, so it is not saved."

export class Poster {
  /** Ops in one request: halved when one does not pass, until the op is found that is in the way. */
  #size = MOST
  /** How often an op did not pass, by its client and number. @type {Map<string, number>} */
  #tries = new Map()

  /** @param {import("./transport.js").HttpTransport} http */
  constructor(http) {
    this.http = http
  }

  /**
   * Posts ops until something does not pass. Raises BoardRefusal.
   * @param {string} client
   * @param {Entry[]} entries
   * @returns {Promise<Posted>}
   */
  async post(client, entries) {
    /** @type {OpResult[]} */
    const acks = []
    let left = entries
    while (left.length) {
      const some = left.slice(0, Math.min(this.#size, fitting(left)))
      const answer = await this.http.ops(client, some).catch(onlyNoAnswer)
      if (answer instanceof NoAnswer) {
        if (some.length === 1) return { acks, stuck: some[0] }
        this.#size = Math.floor(some.length / 2)
        if (answer.refused) continue
        return { acks } // no network, or too slow for this many at once
      }
      if (answer.type === "welcome") return { acks, welcome: /** @type {any} */ (answer) }
      acks.push(...answer.acks)
      left = left.slice(some.length)
      this.#size = Math.min(MOST, this.#size * 2)
    }
    return { acks }
  }

  /**
   * The server can be reached, but an op did not get through. After the third time an empty op uses up its number
   * (C1, C3), so that those behind it can go on. Where the op had arrived all the same, the server gives its answer.
   * @param {string} client
   * @param {Entry} stuck
   * @returns {Promise<OpResult[] | null>} null: nothing gets through at all
   */
  async giveUp(client, { key, n }) {
    const name = `${client} ${n}`
    const tries = (this.#tries.get(name) ?? 0) + 1
    this.#tries.set(name, tries)
    if (tries < TRIES) return []
    const answer = await this.http.ops(client, [{ key, n }]).catch(onlyNoAnswer)
    if (answer instanceof NoAnswer) return null
    this.#tries.delete(name)
    return (answer.acks ?? []).map((/** @type {OpResult} */ ack) =>
      ack.code === "invalid" ? { ...ack, say: SAY } : ack,
    )
  }
}

/** How many of them, at least one, one request may carry by their size. @param {Entry[]} entries */
function fitting(entries) {
  let room = MOST * LIMITS.op
  const over = entries.findIndex(({ op }) => {
    room -= op ? encoder.encode(JSON.stringify(op)).length : 0
    return room < 0
  })
  return over < 0 ? entries.length : Math.max(over, 1)
}

const encoder = new TextEncoder()

/** @param {unknown} error @returns {NoAnswer} */
function onlyNoAnswer(error) {
  if (error instanceof NoAnswer) return error
  throw error
}
