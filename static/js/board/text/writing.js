// A field that is being written in: when its text is sent, and which version it is based on. Pure.

export const REST = 400 // ms without a key
export const LONGEST = 2000 // ms of typing without a pause
export const SHARED_LONGEST = 500 // the same, while somebody else has it open
export const UNFINISHED_REST = 2000 // ms without a key after which an unfinished word is sent to somebody else too

/**
 * @typedef {object} Writing
 * @property {string} read   the text that the field's is a change of: as last sent or put in, with what came in since
 * @property {number} base   the item's seq at which the field's words were read
 * @property {number | null} since  when the first unsent key was struck
 * @property {number} last   when the last key was struck
 */

/**
 * @param {string} text
 * @param {number} seq
 * @returns {Writing}
 */
export function begin(text, seq) {
  return { read: text, base: seq, since: null, last: 0 }
}

/**
 * @param {Writing} writing
 * @param {number} now ms
 * @returns {Writing}
 */
export function typed(writing, now) {
  return { ...writing, since: writing.since ?? now, last: now }
}

/**
 * How long to wait before the text is sent, in ms; null where nothing is unsent (T2).
 * @param {Writing} writing
 * @param {number} now
 * @param {boolean} shared whether somebody else has it open
 */
export function sendDelay(writing, now, shared) {
  if (writing.since === null) return null
  const longest = shared ? SHARED_LONGEST : LONGEST
  return Math.max(0, Math.min(writing.last + REST, writing.since + longest) - now)
}

/**
 * How long to wait before a word goes out too that is unfinished and touches the next one, in ms (T2).
 * @param {Writing} writing
 * @param {number} now
 * @param {boolean} shared
 */
export function unfinishedDelay(writing, now, shared) {
  return Math.max(0, writing.last + (shared ? UNFINISHED_REST : REST) - now)
}

/**
 * @param {Writing} writing
 * @param {string} text what was sent
 * @param {number | null} since when the rest became unsent, such as an unfinished word; null where all was sent
 * @returns {Writing}
 */
export function sent(writing, text, since = null) {
  return { ...writing, read: text, since }
}

/**
 * Others' words have come in.
 * @param {Writing} writing
 * @param {string} read the text that the writer's is a change of now
 * @param {number | null} seq the item's seq where `read` is all that it has; null where some of it did not come in
 * @returns {Writing}
 */
export function rebased(writing, read, seq) {
  return { ...writing, read, base: seq ?? writing.base }
}
