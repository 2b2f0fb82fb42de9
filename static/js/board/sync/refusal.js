// What an answer refuses of an op: all of it, or the parts of a batch that were left out. Pure.
import { partsOf } from "./parts.js"
import { wordsOf } from "./queue.js"

/** @typedef {import("app/board/schema.js").AnyOp} AnyOp */
/** @typedef {import("app/board/schema.js").OpResult} OpResult */
/** @typedef {{ base?: number, read?: Record<string, string> }} Basis */
/** @typedef {{ op: AnyOp | undefined, from: Basis, ack: OpResult, words: string | null }} Refusal */

const GONE = { n: null, code: "not_found", say: "That is no longer here." }

/**
 * One refusal for each part that holds words, so that these can be copied, sent again or discarded one by one; where
 * a whole op without words is refused, one of that. An edit keeps what it was a change of: when it is tried again it
 * must not write over what others have written since.
 * @param {Basis & { op?: AnyOp | import("app/board/schema.js").Batch }} entry
 * @param {OpResult} ack
 * @returns {Refusal[]}
 */
export function refusals({ op, base, read }, ack) {
  const from = { base, read }
  const parts = partsOf(op)
  const refused = ack.code ? parts : parts.filter(({ id }) => id in (ack.left_out ?? {}))
  const worded = refused.flatMap((part) => {
    const words = wordsOf(part)
    return words === null ? [] : [{ op: part, from, ack: ack.code ? ack : GONE, words }]
  })
  return ack.code && !worded.length ? [{ op: parts[0], from, ack, words: null }] : worded
}
