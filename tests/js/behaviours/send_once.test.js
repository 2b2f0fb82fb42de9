// Whoever presses twice has done it once.
import assert from "node:assert/strict"
import { test } from "node:test"
import { sendOnce } from "app/behaviours/send_once.js"

/** A page on which forms are submitted; each says whether it went. */
function page() {
  /** @type {Map<string, (event: any) => void>} */
  const on = new Map()
  const addEventListener = (/** @type {string} */ name, /** @type {any} */ act) => on.set(name, act)
  Object.assign(globalThis, { document: { addEventListener }, addEventListener })
  sendOnce()
  const submit = (/** @type {object} */ target, /** @type {number} */ timeStamp, submitter = "Keep it") => {
    let went = true
    on.get("submit")?.({
      target,
      timeStamp,
      submitter,
      defaultPrevented: false,
      preventDefault: () => (went = false),
    })
    return went
  }
  return { submit, comeBack: () => on.get("pageshow")?.({}) }
}

const post = () => ({ method: "post" })

test("the second press of the same button is not sent while the first is on its way", () => {
  const { submit } = page()
  const form = post()
  assert.deepEqual([submit(form, 0), submit(form, 90), submit(form, 4900)], [true, false, false])
  assert.ok(submit(form, 5100), "nothing came of it: it can be sent again")
})

test("another button, another form, a search, and a form that one came back to are sent", () => {
  const { submit, comeBack } = page()
  const [form, search] = [post(), { method: "get" }]
  assert.ok(submit(form, 0, "Up"))
  assert.ok(submit(form, 50, "Down"))
  assert.ok(submit(post(), 60, "Down"))
  assert.ok(submit(search, 70))
  assert.ok(submit(search, 80))
  assert.ok(submit(form, 90, "Down"))
  comeBack()
  assert.ok(submit(form, 100, "Down"))
})
