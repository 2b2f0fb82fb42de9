// Browsers without a store that works: each caller is told by one kind of error, in time.
import assert from "node:assert/strict"
import { afterEach, test } from "node:test"
import { openDatabase } from "app/board/device/device_store.js"

const kinds = {
  "has no IndexedDB": undefined,
  "refuses with an error of its own": {
    open: () => {
      throw new TypeError("Not here.")
    },
  },
  "has something else in its place": { open: () => ({}) },
  "never answers": { open: () => new IDBOpenDBRequest() },
}

class IDBOpenDBRequest extends EventTarget {}
Object.assign(globalThis, { IDBOpenDBRequest, IDBRequest: IDBOpenDBRequest })
const was = globalThis.indexedDB

afterEach(() => Object.assign(globalThis, { indexedDB: was }))

for (const [what, indexedDB] of Object.entries(kinds)) {
  test(`a browser that ${what} stores nothing, and says so`, async () => {
    Object.assign(globalThis, { indexedDB })

    await assert.rejects(openDatabase("throughline", false, 20), DOMException)
  })
}
