// Reads steps that people took on a board, and writes those after which the browser shows another board than the
// server has. tests/boards/test_predict.py takes them.

import process from "node:process"
import { text } from "node:stream/consumers"
import { isDeepStrictEqual } from "node:util"
import { predicted } from "./predicted.js"

/** @typedef {import("./predicted.js").Shown} Shown */
/** @typedef {{ who: string, op: import("app/board/schema.js").AnyOp, board: Shown[], after: Shown[] }} Step */

/** @type {Step[]} */
const steps = JSON.parse(await text(process.stdin))
const wrong = steps.flatMap((step) => {
  const shown = predicted(step.board, step.op, step.who)
  const expected = new Map(step.after.map((each) => [each.id, each]))
  return isDeepStrictEqual(shown, expected) ? [] : [{ ...step, shown: [...shown.values()] }]
})
process.stdout.write(JSON.stringify(wrong))
