// The examples that the server's rules are held to: the browser shows the same until the answer is there.
import assert from "node:assert/strict"
import { readFileSync } from "node:fs"
import { test } from "node:test"
import { predicted } from "./predicted.js"

/**
 * `browser` says why the browser shows something else for a moment.
 * @typedef {{ name: string, who: string, op: import("app/board/schema.js").AnyOp, board: Shown[], after?: Shown[],
 *   gone?: string[], browser?: string }} Example
 */
/** @typedef {import("./predicted.js").Shown} Shown */

const file = new URL("../../../boards/op_examples.json", import.meta.url)
/** @type {Example[]} */
const examples = JSON.parse(readFileSync(file, "utf8"))

for (const { name, who, op, board, after = [], gone = [], browser } of examples) {
  test(name, () => {
    const shown = predicted(board, op, who)
    const expected = new Map(board.map(({ id, item, fields }) => [id, { id, item, fields }]))
    for (const id of gone) expected.delete(id)
    for (const each of after) expected.set(each.id, each)

    if (browser) assert.notDeepEqual(shown, expected, `It is no other than on the server: ${browser}`)
    else assert.deepEqual(shown, expected)
  })
}

test("the browser differs from the server in few examples", () => {
  assert.ok(examples.length >= 60)
  assert.ok(examples.filter((example) => example.browser).length <= examples.length / 8)
})
