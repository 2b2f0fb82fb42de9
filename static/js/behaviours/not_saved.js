// data-not-saved: a place for one's own words on this device whose board cannot be opened any more; with a board's id,
// for those of this board. Nothing of them is sent.
import { openDatabase } from "app/board/device/device_store.js"
import { leftWords } from "app/board/device/left_words.js"
import { BoardRefusal, HttpTransport } from "app/board/sync/http/transport.js"
import { leftList } from "app/lib/left_list.js"
import { within } from "app/lib/within.js"

/** @typedef {import("app/board/device/left_words.js").LeftWords} LeftWords */

const PATIENCE = 2000 // ms

/** @param {HTMLElement} element */
export function notSaved(element) {
  const me = document.body.dataset.me
  if (me) show(element, me)
}

/** @param {HTMLElement} element @param {string} me */
async function show(element, me) {
  const only = element.dataset.notSaved
  const all = (await find(me)).filter(({ board }) => !only || board === only)
  const gone = await boardsGone([...new Set(all.map(({ board }) => board))])
  const rows = all
    .filter(({ board }) => gone.has(board))
    .map(({ title, ...left }) => ({
      ...left,
      say: title ? `Written on the board “${title}”.` : "Written on a board.",
    }))
  if (!rows.length) return
  element.append(leftList(rows, (left) => left || element.remove()))
  element.hidden = false
}

/** @param {string} me @returns {Promise<LeftWords[]>} */
async function find(me) {
  const storages = { local: localStorage, tab: sessionStorage }
  try {
    return await within(leftWords(await openDatabase(), me, storages), PATIENCE)
  } catch (error) {
    if (!(error instanceof DOMException)) throw error
    return leftWords(null, me, storages) // this browser stores nothing, or not in time
  }
}

/** Those that our server says this person cannot open; where it is not reached, none. @param {string[]} boards */
async function boardsGone(boards) {
  const gone = await Promise.all(
    boards.map(async (board) => {
      const refusal = await new HttpTransport(board).list("people").catch((error) => error)
      return refusal instanceof BoardRefusal && refusal.why !== "signed-out" ? [board] : []
    }),
  )
  return new Set(gone.flat())
}
