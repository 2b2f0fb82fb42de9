import assert from "node:assert/strict"
import { readFileSync } from "node:fs"
import { test } from "node:test"
import { pieces, trueHost } from "app/lib/addresses.js"

const examples = JSON.parse(
  readFileSync(new URL("../../boards/address_examples.json", import.meta.url), "utf8"),
)

test("the page finds the addresses that the server finds", () => {
  for (const [text, addresses] of examples) {
    const found = pieces(text)
    assert.deepEqual(
      found.filter((piece) => piece.address).map((piece) => piece.text),
      addresses,
      text,
    )
    assert.equal(found.map((piece) => piece.text).join(""), text)
  }
})

test("an address that begins like another says where it leads", () => {
  const hosts = JSON.parse(readFileSync(new URL("../../boards/host_examples.json", import.meta.url), "utf8"))
  for (const [address, host] of hosts) assert.equal(trueHost(address), host, address)
})

test("texts that are written to take long do not", () => {
  const began = performance.now()
  for (const end of [")".repeat(3990), ".)".repeat(1990)])
    for (let i = 0; i < 20; i++) assert.equal(pieces(`https://a${end}`)[0].text, "https://a")
  assert.ok(performance.now() - began < 4000) // milliseconds; it took 20 seconds
})
