import assert from "node:assert/strict"
import { test } from "node:test"
import { choose } from "app/board/text/choice.js"

const [yours, theirs] = ["The tram is late", "The train is late"]

test("T2 a choice changes the present text, and keeps what was written since", () => {
  const versions = /** @type {const} */ ({ yours, theirs, shown: "theirs" })
  const now = "The train is late\nWho tells them?"

  assert.equal(choose(versions, "yours", now), "The tram is late\nWho tells them?")
  assert.equal(choose(versions, "theirs", now), now)
  assert.equal(choose(versions, "both", now), "The train is late\nWho tells them?\nThe tram is late")
})

test("T2 it is the same for the one whose words are shown", () => {
  const versions = /** @type {const} */ ({ yours, theirs, shown: "yours" })
  const now = "Today: The tram is late"

  assert.equal(choose(versions, "yours", now), now)
  assert.equal(choose(versions, "theirs", now), "Today: The train is late")
  assert.equal(choose(versions, "both", now), "Today: The tram is late\nThe train is late")
})

test("T2 a choice about words that were changed again clashes again", () => {
  const versions = /** @type {const} */ ({ yours, theirs, shown: "theirs" })

  assert.equal(choose(versions, "yours", "The bus is late"), null)
})

test("T2 when both people keep both, each version is there once", () => {
  const first = choose({ yours, theirs, shown: "yours" }, "both", yours)
  const second = choose({ yours: theirs, theirs: yours, shown: "theirs" }, "both", yours)

  assert.equal(first, second)
  assert.equal(
    choose({ yours: theirs, theirs: yours, shown: "theirs" }, "both", /** @type {string} */ (first)),
    first,
  )
})
