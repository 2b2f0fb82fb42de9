// Opens this browser's store, or tells in one way that it cannot.
import { within } from "app/lib/within.js"

/**
 * Raises a DOMException where the store does not open, or not in time; one that opens later is closed again.
 * @param {() => Promise<import("idb").IDBPDatabase>} open
 * @param {number} patience ms
 */
export async function openInTime(open, patience) {
  let late = false
  try {
    const opening = open()
    opening.then((db) => late && db.close()).catch(() => {}) // whoever waits below is told
    return await within(opening, patience)
  } catch (error) {
    late = true
    if (error instanceof DOMException) throw error
    throw new DOMException(`This browser has no store: ${error}`, "NotSupportedError") // it lacks IndexedDB, or an extension stands in for it
  }
}
