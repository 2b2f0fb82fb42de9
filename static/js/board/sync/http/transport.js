// The same messages over plain HTTP, for networks that block websockets (C9), and for the queue of a closed tab.
import { write } from "../protocol.js"

/** @typedef {import("../queue.js").Entry} Entry */
/** @typedef {import("../protocol.js").Message} Message */

/** Why the board ends here, by the code of a refusal. @type {Map<string, string>} */
const ENDS = new Map([
  ["signed_out", "signed-out"],
  ["not_found", "gone"],
  ["not_allowed", "not-a-member"],
  ["somebody_else", "somebody-else"],
])
const AWAY = new Set([429, 502, 503, 504, 507]) // asked again later it can be done
const NOT_NOW = "The server cannot store anything just now."
const PATIENCE = { least: 10_000, most: 80_000 } // ms for one answer

/** Our server refused the request for good: signed out, no longer part of the space, no such board. */
export class BoardRefusal extends Error {
  /**
   * @param {string} why
   * @param {string} say
   */
  constructor(why, say) {
    super(say)
    this.why = why
    this.say = say
  }
}

/** No answer, or not the one that was asked for: no network, too late, a page of a proxy, a fault of the server. */
export class NoAnswer extends Error {
  /**
   * @param {boolean} [refused] whether something answered: a proxy, or the server, which could not read it
   * @param {string} [away] what it said, where it can do nothing just now: without its database, on a full disk
   */
  constructor(refused = false, away = "") {
    super("The server did not answer.")
    this.refused = refused
    this.away = away
  }
}

export class HttpTransport {
  /** How long to wait for an answer, in ms: longer after each time that this was too short, as on a slow line. */
  #patience = PATIENCE.least

  /**
   * @param {string} board
   * @param {string} [me] whose ops these are: the server does none of them for somebody else who is signed in here now
   */
  constructor(board, me = "") {
    this.board = board
    this.base = `/boards/${board}`
    this.me = me
  }

  /**
   * @param {string} client
   * @param {Entry[]} entries numbered ones, in order
   * @returns {Promise<Message>} changes, or a welcome where a number is missing
   */
  async ops(client, entries) {
    const ops = entries.map((entry) => {
      const { type: _type, ...rest } = write(entry)
      return rest
    })
    return isMessage(await this.#post("ops", { client, ops }))
  }

  /**
   * A dot of the person, placed, moved or taken back. What came of it: with a `code` and `say` where it does not count.
   * @param {{ phase: string, slot: number, choice: string | null }} one
   * @returns {Promise<{ code?: string, say?: string }>}
   */
  async cast(one) {
    return this.#post("cast", one)
  }

  /**
   * @param {string} client
   * @param {number} from
   * @param {string | null} audience
   * @returns {Promise<Message>}
   */
  async changes(client, from, audience) {
    const query = new URLSearchParams({ client, from: String(from), ...(audience ? { audience } : {}) })
    return isMessage(await this.#ask(`${this.base}/changes?${query}`))
  }

  /**
   * A list that is not among the items, such as people or removed items.
   * @param {string} path
   * @returns {Promise<any[]>}
   */
  async list(path) {
    const list = await this.#ask(`${this.base}/${path}`)
    if (!Array.isArray(list)) throw new NoAnswer(true)
    return list
  }

  /**
   * @param {string} path
   * @param {object} body
   */
  #post(path, body) {
    const headers = {
      "content-type": "application/json",
      accept: "application/json",
      "x-csrftoken": token(),
      "x-by": this.me,
    }
    return this.#ask(`${this.base}/${path}`, { method: "POST", headers, body: JSON.stringify(body) })
  }

  /**
   * The JSON that our server answers. Raises BoardRefusal where the server itself says that the board ends here, by
   * a refusal that names the board; whatever else comes, such as the page of a proxy, is NoAnswer.
   * @param {string} path
   * @param {RequestInit} [options]
   */
  async #ask(path, options = { headers: { accept: "application/json" } }) {
    const { ok, status, body } = await this.#fetch(path, options)
    if (ok && body !== null) return body
    const why = body?.board === this.board && ENDS.get(body.code)
    throw why ? new BoardRefusal(why, body.say) : new NoAnswer(true, AWAY.has(status) ? NOT_NOW : "")
  }

  /**
   * @param {string} path
   * @param {RequestInit} options
   * @returns {Promise<{ ok: boolean, status: number, body: any }>} body: null where it is not JSON
   */
  async #fetch(path, options) {
    const signal = AbortSignal.timeout(this.#patience)
    try {
      // A redirect is never ours: it would lead to the page of a portal.
      const response = await fetch(path, { ...options, signal, redirect: "manual" })
      const text = await response.text()
      this.#patience = PATIENCE.least
      return { ok: response.ok, status: response.status, body: parsed(text) }
    } catch {
      if (signal.aborted) this.#patience = Math.min(this.#patience * 2, PATIENCE.most)
      throw new NoAnswer()
    }
  }
}

/** @param {any} body @returns {Message} */
function isMessage(body) {
  if (body.type !== "welcome" && body.type !== "changes") throw new NoAnswer(true)
  return body
}

/** @param {string} text */
function parsed(text) {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

/** The server's token against forged requests (CSRF), from a cookie that scripts may read. */
export function token() {
  const found = document.cookie.match(/(?:^|; )(?:__Host-)?tl_csrf=([^;]*)/)
  return found ? decodeURIComponent(found[1]) : ""
}
