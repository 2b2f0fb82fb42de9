// Rows of text, as from a spreadsheet or a list, as the cards that they become. Pure.

import { pieces, storable } from "app/lib/characters.js"
import { fold } from "app/lib/folding.js"

/** @typedef {import("app/board/sync/batches.js").NewCard} NewCard */
/** @typedef {{ kinds: { tag: string, word: string }[], sections: { id: string, title: string }[], kind: string }} Names   `kind` where a row names none */

const CELL = /"((?:[^"]|"")*)"(?=[\t\n]|$)|[^\t\n]*/y
const BULLET = /^(?:[•·▪◦‣*–-]|\d{1,3}[.)])$/

/** The cells of each row that has any; one in quotes may hold line ends and tabs. @param {string} text @returns {string[][]} */
export function rowsOf(text) {
  const all = storable(text)
  /** @type {string[][]} */
  const rows = [[]]
  for (let at = 0; at <= all.length; at = CELL.lastIndex + 1) {
    CELL.lastIndex = at
    const [whole, quoted = ""] = /** @type {RegExpExecArray} */ (CELL.exec(all))
    const needed = /[\t\n]|""/.test(quoted) // a spreadsheet quotes no others: those are somebody's words
    rows.at(-1)?.push((needed ? quoted.replaceAll('""', '"') : whole).trim())
    if (all[CELL.lastIndex] === "\n") rows.push([])
  }
  return rows.map(withoutBullet).filter((row) => row.length)
}

/**
 * One card a row. A cell after the first that names a kind or a section is taken as that, any other as further words.
 * @param {string[][]} rows
 * @param {Names} names
 * @returns {NewCard[]}
 */
export function cardsOf(rows, { kinds, sections, kind }) {
  const named = new Map()
  for (const { id, title } of sections.toReversed()) named.set(fold(title.trim()), { section: id })
  for (const { tag, word } of kinds) named.set(fold(word), { kind: tag }).set(fold(tag), { kind: tag })
  return rows.map(([first, ...others]) => {
    const known = others.map((cell) => named.get(fold(cell)))
    const words = others.filter((_, i) => !known[i])
    return Object.assign({ kind, text: [first, ...words].join("\n") }, ...known)
  })
}

/** Cards of which each fits, the long ones as several. @param {NewCard[]} cards @param {number} room characters of a card */
export function split(cards, room) {
  return cards.flatMap((card) => pieces(card.text, room).map((text) => ({ ...card, text })))
}

/** @param {string[]} cells */
function withoutBullet(cells) {
  const full = cells.filter(Boolean)
  return full.length > 1 && BULLET.test(full[0]) ? full.slice(1) : full
}
