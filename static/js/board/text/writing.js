// A field that is being written in: when its text is sent, and which version it is based on. Pure.

export const REST = 400 // ms without a key
export const LONGEST = 2000 // ms of typing without a pause

/**
 * @typedef {object} Writing
 * @property {string} read   the text as it was put into the field, or as last sent
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
 */
export function sendDelay(writing, now) {
  if (writing.since === null) return null
  return Math.max(0, Math.min(writing.last + REST, writing.since + LONGEST) - now)
}

/**
 * @param {Writing} writing
 * @param {string} text what was sent
 * @returns {Writing}
 */
export function sent(writing, text) {
  return { ...writing, read: text, since: null }
}

/**
 * Others' text for this field, where it differs from what is in it: shown below the field, never put in (T3).
 * @param {Writing} writing
 * @param {string} typed
 * @param {string} theirs the field as the board has it now
 * @returns {string | null}
 */
export function othersText(writing, typed, theirs) {
  return theirs === typed || theirs === writing.read ? null : theirs
}
