// The ops that the server has not answered yet, in order. Pure; an op gets its number when it is first sent.

import { TEXT_LIMITS } from "app/board/schema.js"
import { isBatch, partsOf } from "./parts.js"

/** @typedef {import("app/board/schema.js").AnyOp} AnyOp */
/** @typedef {import("app/board/schema.js").Batch} Batch */
/** @typedef {import("app/board/schema.js").OpResult} OpResult */
/**
 * @typedef {object} Entry
 * @property {number} key      its place here; never re-used on this device
 * @property {number | null} n its number for the server; set the moment it is first sent, then it is frozen
 * @property {AnyOp | Batch} [op]
 * @property {number} [base]   the seq of the item as it was read
 * @property {Record<string, string>} [read] by field, the text that was changed
 * @property {number} [undo]   the deed to take back
 * @property {number} [after]  ... or the key of the entry whose deed that will be
 * @property {boolean} [known] its effect is in the board already, only the answer is missing
 */
/** @typedef {readonly Entry[]} Queue */

const JOINS = new Set([
  "edit_card",
  "move_card",
  "resize_card",
  "edit_section",
  "move_section",
  "edit_link",
  "edit_comment",
])
const WINDOW = 48
const TEXTS = /** @type {(keyof typeof TEXT_LIMITS)[]} */ (Object.keys(TEXT_LIMITS))

/**
 * The queue with a new request in it, and the entry that holds it: an unsent one about the same item, or a new one.
 * @param {Queue} queue
 * @param {{ op?: AnyOp | Batch, base?: number, read?: Record<string, string>, undo?: number, after?: number }} request
 * @param {number} key
 * @returns {{ queue: Queue, entry: Entry, joined: boolean }}
 */
export function enqueue(queue, request, key) {
  const host = request.op && !isBatch(request.op) && joinable(queue, request.op)
  if (!host) {
    const entry = { key, n: null, ...request }
    return { queue: [...queue, entry], entry, joined: false }
  }
  const op = join(/** @type {AnyOp} */ (host.op), /** @type {AnyOp} */ (request.op))
  const entry = { ...request, ...host, op, ...(request.read && { read: { ...request.read, ...host.read } }) }
  return { queue: queue.map((each) => (each === host ? entry : each)), entry, joined: true }
}

/**
 * The newest entry about the same item, if it was never sent and the op can be merged into it (C4).
 * @param {Queue} queue
 * @param {AnyOp} op
 */
function joinable(queue, op) {
  if (!JOINS.has(op.do)) return undefined
  const host = queue.findLast((entry) => !entry.op || partsOf(entry.op).some((part) => isAbout(part, op.id)))
  if (!host?.op || isBatch(host.op) || host.n !== null || host.op.id !== op.id) return undefined
  if (host.op.do === op.do) return host
  const words = op.do.startsWith("edit_") && host.op.do === op.do.replace("edit_", "add_")
  return words ? host : undefined
}

/**
 * Whether an op changes an item or refers to it, so that their order matters.
 * @param {AnyOp} op
 * @param {string} id
 */
function isAbout(op, id) {
  return [op.id, op.section, op.after, op.start, op.end, op.card].includes(id)
}

/**
 * @param {AnyOp} first
 * @param {AnyOp} second
 */
function join(first, second) {
  return { ...first, ...second, do: first.do }
}

/**
 * Numbers what may be sent now. An undo, and all after it, waits until the number of the deed that it undoes is known.
 * @param {Queue} queue
 * @param {number} lastN the highest number given so far
 * @returns {{ queue: Queue, frozen: Entry[], lastN: number }}
 */
export function freeze(queue, lastN) {
  /** @type {Entry[]} */
  const frozen = []
  let waiting = queue.filter((entry) => entry.n !== null).length
  let blocked = false
  const next = queue.map((entry) => {
    if (entry.n !== null) return entry
    blocked ||= waiting >= WINDOW || (entry.after !== undefined && entry.undo === undefined)
    if (blocked) return entry
    waiting++
    const numbered = { ...entry, n: ++lastN }
    frozen.push(numbered)
    return numbered
  })
  return { queue: next, frozen, lastN }
}

/**
 * Takes in an answer: its entry is removed, and undos that waited for its deed get the deed's number.
 * @param {Queue} queue
 * @param {OpResult} ack
 * @returns {{ queue: Queue, entry: Entry | undefined }}
 */
export function settle(queue, ack) {
  const entry = queue.find((each) => each.n === ack.n)
  if (!entry) return { queue, entry }
  const rest = queue.filter((each) => each !== entry)
  if (ack.seq === undefined) return { queue: rest.filter((each) => each.after !== entry.key), entry }
  const learn = (/** @type {Entry} */ each) => (each.after === entry.key ? { ...each, undo: ack.seq } : each)
  return { queue: rest.map(learn), entry }
}

/**
 * After a welcome: what the server has is no longer shown as predicted, but is sent once more, since only the
 * answer tells whether it was refused (C2, C3). A number that was given stays with its op (C1).
 * @param {Queue} queue
 * @param {number} lastN what the server says is the last number it answered
 * @param {number} ownN the highest number we gave
 * @returns {{ queue: Queue, lastN: number, missing: boolean }} missing: whether the server lacks numbers that it
 *   has answered before; as after a restore, or when it looked before the last answers were there
 */
export function resume(queue, lastN, ownN) {
  const next = queue.map((entry) =>
    entry.n !== null && entry.n <= lastN ? { ...entry, known: true } : entry,
  )
  const first = queue.find((entry) => entry.n !== null && entry.n > lastN)
  return { queue: next, lastN: Math.max(ownN, lastN), missing: (first?.n ?? ownN + 1) > lastN + 1 }
}

/**
 * The queue for a new client id, where the server has lost its answers to the old one. Undos of deeds that it has
 * lost are dropped.
 * @param {Queue} queue
 * @returns {Queue}
 */
export function unnumbered(queue) {
  return queue
    .filter((entry) => entry.undo === undefined)
    .map(({ known: _known, ...entry }) => ({ ...entry, n: null }))
}

/**
 * The queue without entries that were never sent. What was sent stays: the server may have it.
 * @param {Queue} queue
 * @param {Iterable<number>} keys
 * @returns {Queue}
 */
export function withdraw(queue, keys) {
  const gone = new Set(keys)
  return queue.filter((entry) => entry.n !== null || !gone.has(entry.key))
}

/**
 * The ops whose effect is predicted on top of the board; those of a batch one by one.
 * @param {Queue} queue
 * @returns {AnyOp[]}
 */
export function pending(queue) {
  return queue.flatMap((entry) => (entry.known ? [] : partsOf(entry.op)))
}

/**
 * The text that a person wrote in an op, to be kept when it is refused; null where there is none.
 * @param {AnyOp | Batch | undefined} op
 */
export function wordsOf(op) {
  const worded = partsOf(op).filter((part) => /^(add|edit)_/.test(part.do))
  const words = worded.flatMap((part) => TEXTS.map((field) => part[field]).filter((text) => text?.trim()))
  return words.length ? words.join("\n") : null
}
