// Takes others' changes into a text that somebody is writing, but for the paragraph that they are at (T3). Pure.

import { edits } from "./diff.js"
import { clash, isSpace, length, runsTogether, same, tokensOf } from "./merge3.js"

/** @typedef {import("./diff.js").Edit} Edit */
/** @typedef {{ at: number, end: number, text: string }} Patch the characters from `at` up to `end` become `text` */
/**
 * @typedef {object} Rebased
 * @property {Patch[]} above      what comes into the writer's text above the selection, from left to right
 * @property {Patch[]} below      the same below it; the selection lies between them, unchanged
 * @property {string} read        the text that the writer's is a change of, from now on
 * @property {string | null} rest others' text, where not all of it came in
 */

/**
 * @param {string} read   what the writer's text is a change of
 * @param {string} mine   the writer's text
 * @param {string} theirs the text as everyone else has it
 * @param {{ start: number, end: number }} selection of the writer: its paragraphs are left alone
 * @returns {Rebased}
 */
export function rebase(read, mine, theirs, selection) {
  const none = { above: [], below: [], read, rest: theirs }
  if (theirs === read) return { ...none, rest: null }
  if (theirs === mine) return { ...none, read: theirs, rest: null }
  const was = tokensOf(read)
  const ours = edits(was, tokensOf(mine))
  const held = paragraphs(mine, selection)
  const others = edits(was, tokensOf(theirs))
  const taken = others.filter((edit) => mayCome(edit, ours, was, mine, held))
  const left = others.filter((edit) => !taken.includes(edit))
  if (moveWords(taken, left, was)) return none
  const news = taken.filter((edit) => !ours.some((our) => same(our, edit)))
  const patches = news.map((edit) => patchOf(edit, ours, was))
  return {
    above: patches.filter((patch) => isAbove(patch, held)),
    below: patches.filter((patch) => !isAbove(patch, held)),
    read: withEdits(was, taken),
    rest: left.length ? theirs : null,
  }
}

/** The text after these patches. @param {string} text @param {Patch[]} patches from left to right */
export function patched(text, patches) {
  return patches.reduceRight((now, { at, end, text: new_ }) => now.slice(0, at) + new_ + now.slice(end), text)
}

/** By how much longer these patches make the text. @param {Patch[]} patches */
export function growth(patches) {
  return patches.reduce((sum, { at, end, text }) => sum + text.length - (end - at), 0)
}

/** From the start of the selection's first line to the end of its last. @param {string} text @param {{ start: number, end: number }} selection */
function paragraphs(text, { start, end }) {
  const next = text.indexOf("\n", end)
  return { from: text.slice(0, start).lastIndexOf("\n") + 1, to: next < 0 ? text.length : next }
}

/**
 * Whether an edit of others may come in: it leaves the held paragraphs alone and fits with one's own edits.
 * @param {Edit} edit
 * @param {Edit[]} ours
 * @param {string[]} was
 * @param {string} mine
 * @param {{ from: number, to: number }} held
 */
function mayCome(edit, ours, was, mine, held) {
  if (ours.some((our) => same(our, edit))) return true
  if (ours.some((our) => clash(our, edit))) return false
  const patch = patchOf(edit, ours, was)
  const { at, end, text } = patch
  const [left, right] = [mine.slice(0, at), mine.slice(end)]
  const outside = isAbove(patch, held) || at > held.to || (at === held.to && text.startsWith("\n"))
  return outside && !runsTogether(left, text || right) && !runsTogether(text || left, right)
}

/** @param {Patch} patch @param {{ from: number }} held */
function isAbove({ end, text }, { from }) {
  return end < from || (end === from && text.endsWith("\n"))
}

/**
 * Whether words went from one place to another, of which only one would come in: they would be there twice or not at all.
 * @param {Edit[]} taken
 * @param {Edit[]} left
 * @param {string[]} was
 */
function moveWords(taken, left, was) {
  const added = (/** @type {Edit[]} */ list) => list.flatMap((edit) => edit.added)
  const gone = (/** @type {Edit[]} */ list) => list.flatMap(({ start, end }) => was.slice(start, end))
  const share = (/** @type {string[]} */ one, /** @type {string[]} */ two) =>
    one.some((token) => !isSpace(token) && two.includes(token))
  return share(added(taken), gone(left)) || share(gone(taken), added(left))
}

/** The edit of the old text as a patch of the writer's text. @param {Edit} edit @param {Edit[]} ours @param {string[]} was @returns {Patch} */
function patchOf({ start, end, added }, ours, was) {
  const shift = ours
    .filter((our) => our.end <= start && (our.start < start || start < end)) // of two additions theirs comes first
    .reduce((sum, our) => sum + length(our.added) - length(was.slice(our.start, our.end)), 0)
  const at = length(was.slice(0, start)) + shift
  return { at, end: at + length(was.slice(start, end)), text: added.join("") }
}

/** @param {string[]} was @param {Edit[]} changes from left to right */
function withEdits(was, changes) {
  const tokens = [...was]
  for (const { start, end, added } of changes.toReversed()) tokens.splice(start, end - start, ...added)
  return tokens.join("")
}
