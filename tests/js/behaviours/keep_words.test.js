// Words that were typed and not sent are there again after a sign-in, for whoever typed them alone.
import assert from "node:assert/strict"
import { test } from "node:test"
import { keepWords } from "app/behaviours/keep_words.js"

/** @type {Map<string, any>} of the window */
const listeners = new Map()
Object.assign(globalThis, {
  addEventListener: (/** @type {string} */ name, /** @type {any} */ act) => listeners.set(name, act),
  removeEventListener: (/** @type {string} */ name) => listeners.delete(name),
})

/** @param {string} me */
function page(me) {
  const kept = new Map(store)
  Object.assign(globalThis, {
    location: { pathname: "/boards/b1/outline" },
    document: Object.assign(new EventTarget(), { body: { dataset: me ? { me } : {} } }),
    sessionStorage: {
      getItem: (/** @type {string} */ key) => kept.get(key) ?? null,
      setItem: (/** @type {string} */ key, /** @type {string} */ value) => store.set(key, value),
      removeItem: (/** @type {string} */ key) => store.delete(key),
    },
  })
  const box = Object.assign(new EventTarget(), {
    dataset: { keepWords: "add" },
    value: "",
    defaultValue: "",
    form: null,
  })
  keepWords(/** @type {any} */ (box))
  return box
}

/** @type {Map<string, string>} */
const store = new Map()

test("what somebody typed comes back to them and to nobody else", () => {
  const box = page("ana")
  box.value = "Half a thought"
  box.dispatchEvent(new Event("input"))

  assert.equal(page("ben").value, "")
  assert.equal(page("").value, "")
  assert.equal(page("ana").value, "Half a thought")
})

test("on a shared device nothing that was typed is kept", () => {
  store.clear()
  page("ana")
  Object.assign(document.body.dataset, { shared: "" })
  const box = Object.assign(new EventTarget(), { dataset: { keepWords: "add" }, value: "", defaultValue: "" })
  keepWords(/** @type {any} */ (box))
  box.value = "Half a thought"
  box.dispatchEvent(new Event("input"))

  assert.equal(store.size, 0)
})

test("where there is no room for the words, the browser asks before they are left", () => {
  const box = page("ana")
  sessionStorage.setItem = () => {
    throw new DOMException("full", "QuotaExceededError")
  }
  Object.assign(box, { value: "Half a thought" })
  box.dispatchEvent(new Event("input"))
  const leaving = new Event("beforeunload", { cancelable: true })
  listeners.get("beforeunload")(leaving)
  assert.ok(leaving.defaultPrevented)

  box.value = ""
  box.dispatchEvent(new Event("input"))
  assert.ok(!listeners.has("beforeunload"))
})
