// Words that were not saved, as an op that is tried once more. Pure.

/** @typedef {import("app/board/device/device_store.js").Draft} Draft */
/** @typedef {import("app/board/sync/undo.js").OpRequest & { op: import("app/board/schema.js").AnyOp }} Request */

/**
 * Words for what is gone become a new card; a new card of a section that is gone lies outside the sections. Anything
 * else is sent again as it was: an edit as a change of what its writer had read, so that it merges or clashes with what
 * others have written since.
 * @param {Pick<Draft, "op" | "words" | "from">} draft
 * @param {(id: string | null | undefined) => unknown} get an item of the board
 * @param {() => { x: number, y: number }} freePlace outside the sections
 * @returns {Request}
 */
export function retry({ op, words, from }, get, freePlace) {
  const gone = op.do.startsWith("edit_") ? !get(op.id) : op.card && !get(op.card)
  const id = crypto.randomUUID()
  if (gone) return { op: { do: "add_card", id, kind: "note", text: words, ...freePlace() } }
  if (!op.do.startsWith("add_")) return { op, ...from }
  const homeless = op.section && !get(op.section)
  return { op: { ...op, id, ...(homeless ? { section: null, ...freePlace() } : {}) } }
}
