// All words of a person that were not saved and are on this device, on whatever board: for pages that show them.
import { wordsOf } from "app/board/sync/queue.js"
import { copiesOf, dropCopied } from "./unload_copy.js"

/** @typedef {{ board: string, title: string, words: string, drop: () => unknown }} LeftWords */

const OUTLINE = /^\/boards\/([^/]+)\/outline$/

/**
 * @param {import("idb").IDBPDatabase | null} db null where this browser stores nothing
 * @param {string} person
 * @param {{ local: globalThis.Storage, tab: globalThis.Storage }} storages
 * @returns {Promise<LeftWords[]>}
 */
export async function leftWords(db, person, { local, tab }) {
  const [stored, titles] = db ? [await storedWords(db, person), await titlesOf(db, person)] : [[], new Map()]
  const all = [...stored, ...copiedWords(local, person), ...outlineWords(tab, person)]
  return all.map((left) => ({ title: titles.get(left.board) ?? "", ...left }))
}

/** @param {import("idb").IDBPDatabase} db @param {string} person @returns {Promise<Omit<LeftWords, "title">[]>} */
async function storedWords(db, person) {
  const mine = IDBKeyRange.bound([person], [person, []])
  const drafts = (await db.getAll("drafts", mine)).map(({ board, id, draft }) => ({
    board,
    words: draft.words,
    drop: () => db.delete("drafts", [person, board, id]),
  }))
  const queued = (await db.getAll("queue", mine)).map(({ board, client, key, entry }) => ({
    board,
    words: wordsOf(entry.op) ?? "",
    drop: () => db.delete("queue", [person, board, client, key]),
  }))
  return [...drafts, ...queued].filter(({ words }) => words.trim())
}

/** By board, the title that this person saw it under. @param {import("idb").IDBPDatabase} db @param {string} person @returns {Promise<Map<string, string>>} */
async function titlesOf(db, person) {
  const boards = await db.getAll("boards", IDBKeyRange.bound([person], [person, []]))
  return new Map(boards.map(({ board, about }) => [board, about?.title ?? ""]))
}

/** What closed pages could not store in time. @param {globalThis.Storage} local @param {string} person */
function copiedWords(local, person) {
  return copiesOf(local, person).flatMap(({ name, board, copy }) =>
    [
      ...copy.drafts.map(({ id, words }) => ({ board, words, drop: () => dropCopied(local, name, { id }) })),
      ...copy.queue.map(({ key, op }) => ({
        board,
        words: wordsOf(op) ?? "",
        drop: () => dropCopied(local, name, { key }),
      })),
    ].filter(({ words }) => words.trim()),
  )
}

/** What was typed into forms of the outline in this tab. @param {globalThis.Storage} tab @param {string} person */
function outlineWords(tab, person) {
  return typedInForms(tab, person).flatMap(({ path, words, drop }) => {
    const board = path.match(OUTLINE)?.[1]
    return board ? [{ board, words, drop }] : []
  })
}

/**
 * What `keep_words.js` keeps in this tab: the page it was typed on, under what name, and the words.
 * @param {globalThis.Storage} tab
 * @param {string} person
 */
export function typedInForms(tab, person) {
  const start = `words:${person}:`
  const names = person ? Object.keys(tab).filter((name) => name.startsWith(start)) : []
  return names.flatMap((name) => {
    const [path, ...place] = name.slice(start.length).split(":")
    const words = tab.getItem(name) ?? ""
    return words.trim() ? [{ path, place: place.join(":"), words, drop: () => tab.removeItem(name) }] : []
  })
}
