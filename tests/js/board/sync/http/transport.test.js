import assert from "node:assert/strict"
import { mock, test } from "node:test"
import { BoardRefusal, HttpTransport, NoAnswer } from "app/board/sync/http/transport.js"

Object.assign(globalThis, { document: { cookie: "tl_csrf=t" } })

const PAGE = "<!doctype html><title>Sign in to the guest network</title>"
const http = new HttpTransport("b1")

/** What comes of asking for changes when this is the answer. @param {number} status @param {any} body @returns {Promise<any>} */
async function asked(status, body) {
  const text = typeof body === "string" ? body : JSON.stringify(body)
  mock.method(globalThis, "fetch", async () => new Response(text, { status }))
  try {
    return await http.changes("c1", 0, null)
  } catch (error) {
    return error
  } finally {
    mock.restoreAll()
  }
}

for (const [status, code, why] of /** @type {[number, string, string][]} */ ([
  [401, "signed_out", "signed-out"],
  [404, "not_found", "gone"],
  [403, "not_allowed", "not-a-member"],
  [403, "somebody_else", "somebody-else"],
])) {
  test(`C9 our own ${status} that names the board ends it`, async () => {
    const error = await asked(status, { code, say: "Why.", board: "b1" })

    assert.ok(error instanceof BoardRefusal)
    assert.deepEqual([error.why, error.say], [why, "Why."])
  })
}

test("C9 nothing else ends it: a page, another's JSON, a redirect, another board's refusal", async () => {
  /** @type {[number, any][]} */
  const foreign = [
    ...[403, 404, 407, 451, 502, 511].map((status) => /** @type {[number, any]} */ ([status, PAGE])),
    ...[401, 403, 404].map(
      (status) => /** @type {[number, any]} */ ([status, { code: "not_found", message: "No route." }]),
    ),
    [404, { code: "not_found", say: "Gone.", board: "b2" }],
    [404, "null"],
    [200, PAGE],
    [200, ""],
    [200, { status: "ok" }],
    [200, "3"],
  ]
  for (const [status, body] of foreign) {
    const error = await asked(status, body)
    assert.ok(error instanceof NoAnswer && error.refused, `${status} ${body}`)
  }
})

test("a fault of our own server is no end", async () => {
  for (const [status, code] of /** @type {[number, string][]} */ ([
    [500, "fault"],
    [503, "unavailable"],
    [422, "invalid"],
    [403, "fault"],
  ])) {
    assert.ok((await asked(status, { code, say: "Later.", board: "b1" })) instanceof NoAnswer)
  }
})

test("no redirect is followed", async () => {
  /** @type {any} */
  let options
  mock.method(globalThis, "fetch", async (/** @type {any} */ _path, /** @type {any} */ given) => {
    options = given
    return Response.error()
  })
  const error = await http.changes("c1", 0, null).catch((/** @type {unknown} */ one) => one)
  mock.restoreAll()

  assert.equal(options.redirect, "manual")
  assert.ok(error instanceof NoAnswer)
})

test("an answer that does not come in time is none, and the next one gets more time", async () => {
  /** @type {number[]} */
  const limits = []
  mock.method(AbortSignal, "timeout", (/** @type {number} */ ms) => {
    limits.push(ms)
    return AbortSignal.abort()
  })
  mock.method(globalThis, "fetch", async (/** @type {any} */ _path, /** @type {any} */ { signal }) =>
    signal.throwIfAborted(),
  )
  const errors = []
  for (let i = 0; i < 2; i++) errors.push(await http.list("people").catch((/** @type {any} */ one) => one))
  mock.restoreAll()

  assert.deepEqual(limits, [10_000, 20_000])
  assert.ok(errors.every((error) => error instanceof NoAnswer && !error.refused))
})

test("a list that is none is not taken for one", async () => {
  mock.method(globalThis, "fetch", async () => new Response('{"ok": true}'))
  const error = await http.list("people").catch((/** @type {unknown} */ one) => one)
  mock.restoreAll()

  assert.ok(error instanceof NoAnswer)
})
