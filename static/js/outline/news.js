// What changed between two readings of the outline, and the words for it. Pure.
import { shorten } from "app/lib/words.js"

/**
 * @typedef {object} Seen
 * @property {string} part
 * @property {number} rev
 * @property {number} remarks
 * @property {string} words kind and text, as read
 * @property {string} before the card in front of it
 * @property {string} [unopened] of a section whose cards are not on the page: what tells that they changed
 */
/** @typedef {Map<string, Seen>} Reading */
/** @typedef {"new" | "moved" | "changed" | "comment" | "gone" | "section"} Happening */
/** @typedef {{ id: string, happening: Happening, words: string }} Entry */

/** @type {[Happening, string, string][]} */
const WORDING = [
  ["new", "new card", "new cards"],
  ["moved", "moved", "moved"],
  ["changed", "changed", "changed"],
  ["comment", "new comment", "new comments"],
  ["gone", "removed", "removed"],
  ["section", "section changed", "sections changed"],
]
const LONGEST = 120

/**
 * @param {Reading} before
 * @param {Reading} after
 * @returns {Entry[]}
 */
export function compare(before, after) {
  /** @type {Entry[]} */
  const found = []
  const elsewhere = [...after].some(
    ([id, now]) => now.unopened && now.remarks > (before.get(id)?.remarks ?? 0),
  )
  for (const [id, now] of after) {
    const happening = changeOf(before.get(id), now)
    const opened = before.get(now.part)?.unopened !== undefined && id !== now.part
    if (happening && !(opened && happening === "new")) found.push({ id, happening, words: now.words })
  }
  for (const [id, was] of before) {
    if (after.has(id) || was.unopened) continue
    if (elsewhere) continue // it may have moved there, which is told of that section
    found.push({ id, happening: "gone", words: was.words })
  }
  const cards = found.filter(({ happening }) => happening !== "section")
  const told = new Set(cards.map(({ id }) => (after.get(id) ?? before.get(id))?.part))
  return found.filter(({ id, happening }) => happening !== "section" || !told.has(id))
}

/**
 * @param {Seen | undefined} was
 * @param {Seen} now
 * @returns {Happening | null}
 */
function changeOf(was, now) {
  if (now.unopened) return was?.unopened === now.unopened ? null : "section"
  if (!was) return "new"
  if (now.words !== was.words) return "changed"
  if (now.part !== was.part) return "moved"
  if (now.remarks > was.remarks) return "comment"
  return now.rev !== was.rev && now.before !== was.before ? "moved" : null
}

/**
 * Adds later news to those not looked at yet: one entry for each card, with the word that matters most.
 * @param {Entry[]} known
 * @param {Entry[]} fresh
 * @returns {Entry[]}
 */
export function mergeNews(known, fresh) {
  const all = new Map(known.map((entry) => [entry.id, entry]))
  for (const entry of fresh) {
    const was = all.get(entry.id)
    if (undoes(was, entry)) all.delete(entry.id)
    else if (was?.happening === "new") all.set(entry.id, { ...entry, happening: "new" })
    else all.set(entry.id, entry)
  }
  return [...all.values()]
}

/**
 * @param {Entry | undefined} was
 * @param {Entry} now
 */
function undoes(was, now) {
  if (was?.happening === "new") return now.happening === "gone"
  return was?.happening === "gone" && now.happening === "new" && was.words === now.words
}

/**
 * "4 new cards, 2 moved": one line, at most 120 characters.
 * @param {Entry[]} entries
 */
export function summary(entries) {
  const said = WORDING.map(([happening, one, many]) => {
    const count = entries.filter((entry) => entry.happening === happening).length
    return count ? `${count} ${count === 1 ? one : many}` : ""
  })
  return said.filter(Boolean).join(", ").slice(0, LONGEST)
}

/**
 * One entry as the list of changes shows it.
 * @param {Entry} entry
 */
export function describe(entry) {
  const word = {
    new: "New",
    moved: "Moved",
    changed: "Changed",
    comment: "Comment on",
    gone: "Removed",
    section: "Changes in",
  }
  return `${word[entry.happening]}: ${shorten(entry.words, 80)}`
}
