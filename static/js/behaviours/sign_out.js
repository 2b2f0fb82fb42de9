// data-sign-out: before signing out, warns about unsent changes, then deletes this person's boards on this device.
import { clear, lastPerson, openDatabase, unsent } from "app/board/device/device_store.js"
import { forgetUndo } from "app/board/device/undo_kept.js"
import { countCopied, forgetCopies } from "app/board/device/unload_copy.js"
import { within } from "app/lib/within.js"

const PATIENCE = 2000 // ms; a device that does not answer has nothing that could be asked about

/** @param {HTMLElement} element a form */
export function signOut(element) {
  if (!(element instanceof HTMLFormElement)) return
  const submit = async (/** @type {SubmitEvent} */ event) => {
    event.preventDefault()
    if (await mayGo()) element.submit()
  }
  element.addEventListener("submit", submit)
  return () => element.removeEventListener("submit", submit)
}

/** True once nothing of the person is stored here; false when they choose to stay. */
async function mayGo() {
  try {
    const db = await openDatabase()
    const person = document.body.dataset.me ?? (await within(lastPerson(db), PATIENCE))
    if (!person) return true
    const waiting = (await within(unsent(db, person), PATIENCE)) + countCopied(localStorage, person)
    const words = `${waiting === 1 ? "1 change is" : `${waiting} changes are`} on this device only and would be lost. Sign out anyway?`
    if (waiting && !confirm(words)) return false
    await within(clear(db, person), PATIENCE)
    forgetUndo(sessionStorage)
    forgetCopies(localStorage, person)
    return true
  } catch (error) {
    if (error instanceof DOMException) return true // this browser stores nothing, so nothing can be lost
    throw error
  }
}
