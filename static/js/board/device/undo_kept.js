// Stores in this tab what can be undone and redone, so that undo works after a reload.

/** @typedef {import("app/board/sync/outbox.js").Outbox} Outbox */
/** @typedef {Pick<globalThis.Storage, "getItem" | "setItem" | "removeItem">} Tab */

const MOST = 50 // gestures each way
const NAME = "throughline undo"

/**
 * @param {Outbox} outbox
 * @param {Tab} tab this tab's storage, which a reload leaves and another tab does not share
 * @param {{ person: string, board: string }} whose
 */
export function keepUndo(outbox, tab, { person, board }) {
  const name = `${NAME} ${person} ${board}`
  const kept = stored(tab, name)
  if (kept?.of === outbox.tab) outbox.restoreUndo(kept) // a duplicated tab is a new tab, which has done nothing yet
  outbox.on("changed", () => queueMicrotask(save)) // the gesture is recorded just after its ops

  function save() {
    try {
      tab.setItem(name, JSON.stringify({ of: outbox.tab, ...outbox.undoState(MOST) }))
    } catch {
      tab.removeItem(name) // no room: nothing is better than something outdated
    }
  }
}

/** @param {Tab} tab @param {string} name */
function stored(tab, name) {
  try {
    return JSON.parse(tab.getItem(name) ?? "null")
  } catch {
    return null // damaged
  }
}

/** When somebody signs out. @param {Tab} tab */
export function forgetUndo(tab) {
  for (const name of Object.keys(tab)) if (name.startsWith(NAME)) tab.removeItem(name)
}
