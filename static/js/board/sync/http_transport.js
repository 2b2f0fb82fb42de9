// The same messages over plain HTTP, for networks that block websockets (C9), and for the queue of a closed tab.
import { write } from "./protocol.js"

/** @typedef {import("./queue.js").Entry} Entry */

/** The server refused the request: signed out, no longer part of the space, no such board. */
export class HttpRefusal extends Error {
  /** @param {number} status */
  constructor(status) {
    super(`The server answered ${status}.`)
    this.status = status
  }
}

export class HttpTransport {
  /**
   * @param {string} board
   * @param {string} me whose ops these are: the server does none of them for somebody else who is signed in here now
   */
  constructor(board, me) {
    this.base = `/boards/${board}`
    this.me = me
  }

  /**
   * @param {string} client
   * @param {Entry[]} entries numbered ones, in order
   * @returns {Promise<import("./protocol.js").Message>} changes, or a welcome where a number is missing
   */
  async ops(client, entries) {
    const ops = entries.map((entry) => {
      const { type: _type, ...rest } = write({ ...entry, n: entry.n })
      return rest
    })
    return answer(
      await fetch(`${this.base}/ops`, {
        method: "POST",
        headers: {
          "content-type": "application/json",
          accept: "application/json",
          "x-csrftoken": token(),
          "x-by": this.me,
        },
        body: JSON.stringify({ client, ops }),
      }),
    )
  }

  /**
   * @param {string} client
   * @param {number} from
   * @param {string | null} audience
   * @returns {Promise<import("./protocol.js").Message>}
   */
  async changes(client, from, audience) {
    const query = new URLSearchParams({ client, from: String(from), ...(audience ? { audience } : {}) })
    return answer(await fetch(`${this.base}/changes?${query}`, { headers: { accept: "application/json" } }))
  }

  /**
   * A list that is not among the items, such as people or removed items.
   * @param {string} path
   * @returns {Promise<any>}
   */
  async list(path) {
    return answer(await fetch(`${this.base}/${path}`, { headers: { accept: "application/json" } }))
  }
}

/** @param {Response} response */
async function answer(response) {
  if (!response.ok) throw new HttpRefusal(response.status)
  return response.json()
}

/** The server's token against forged requests (CSRF), from a cookie that scripts may read. */
export function token() {
  const found = document.cookie.match(/(?:^|; )(?:__Host-)?tl_csrf=([^;]*)/)
  return found ? decodeURIComponent(found[1]) : ""
}
