// Ops over HTTP say whose they are, so that none goes out under the name of who signed in here since.
import assert from "node:assert/strict"
import { afterEach, test } from "node:test"
import { HttpTransport } from "app/board/sync/http/transport.js"

const { fetch, document } = globalThis

afterEach(() => Object.assign(globalThis, { fetch, document }))

test("C7 ops over HTTP name the person whose they are", async () => {
  /** @type {any[]} */
  const sent = []
  Object.assign(globalThis, {
    document: { cookie: "tl_csrf=token" },
    fetch: async (/** @type {string} */ _path, /** @type {any} */ request) => {
      sent.push(request)
      return new Response(JSON.stringify({ type: "changes", acks: [] }))
    },
  })

  await new HttpTransport("board", "dee").ops("client", [
    /** @type {any} */ ({ key: 1, n: 1, op: { do: "remove_card", id: "card" } }),
  ])

  assert.equal(sent[0].headers["x-by"], "dee")
})
