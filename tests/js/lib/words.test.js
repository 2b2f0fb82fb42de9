import assert from "node:assert/strict"
import { test } from "node:test"
import { moment, plural, sentences } from "app/lib/words.js"

test("parts become sentences with one sign at the end of each", () => {
  assert.equal(
    sentences(["Note: It took four minutes.", "Vale Hospice", "2 links"]),
    "Note: It took four minutes. Vale Hospice. 2 links.",
  )
  assert.equal(
    sentences(["Question: Ready in whose eyes?", "“Now.”"]),
    "Question: Ready in whose eyes? “Now.”",
  )
  assert.equal(sentences([]), "")
})

test("a count has its noun", () => {
  assert.deepEqual(
    [0, 1, 2].map((count) => plural(count, "card")),
    ["0 cards", "1 card", "2 cards"],
  )
})

/** What `moment` says on a page of people who go by this clock. @param {string} zone */
function momentAt(zone) {
  const globals = /** @type {{ document?: unknown }} */ (globalThis)
  globals.document = { documentElement: { dataset: { zone } } }
  const says = moment(Date.UTC(2026, 11, 31, 13, 30) / 1000)
  delete globals.document
  return says
}

test("a moment has the day and the hour that the page goes by, wherever the device is", () => {
  assert.match(momentAt("Australia/Sydney"), /^(?=.*\b0?1\b)(?=.*2027).*(12:30.AM|00:30)/)
  assert.match(momentAt("America/Los_Angeles"), /^(?=.*31)(?=.*2026).*5:30/)
})

test("a moment is on the device's own clock where its browser does not know that of the page", () => {
  const own = momentAt(Intl.DateTimeFormat().resolvedOptions().timeZone)

  for (const zone of ["posix/Europe/London", "localtime", "Factory"]) assert.equal(momentAt(zone), own)
})
