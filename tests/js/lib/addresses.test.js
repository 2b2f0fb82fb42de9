import assert from "node:assert/strict"
import { readFileSync } from "node:fs"
import { test } from "node:test"
import { parts } from "app/lib/addresses.js"

const examples = JSON.parse(
  readFileSync(new URL("../../boards/address_examples.json", import.meta.url), "utf8"),
)

test("the page finds the addresses that the server finds", () => {
  for (const [text, addresses] of examples) {
    const found = parts(text)
    assert.deepEqual(
      found.filter((part) => part.address).map((part) => part.text),
      addresses,
      text,
    )
    assert.equal(found.map((part) => part.text).join(""), text)
  }
})
