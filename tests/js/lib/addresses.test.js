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

test("texts that are written to take long do not", () => {
  const began = performance.now()
  for (const end of [")".repeat(3990), ".)".repeat(1990)])
    for (let i = 0; i < 20; i++) assert.equal(parts(`https://a${end}`)[0].text, "https://a")
  assert.ok(performance.now() - began < 4000) // milliseconds; it took 20 seconds
})
