// data-clear-device="person": sending this form means that the person does not come back, so nothing of theirs stays.
// Says before how many of their changes were never sent.
import { clear, openDatabase, unsent } from "app/board/device/device_store.js"
import { countCopied, forgetCopies } from "app/board/device/unload_copy.js"
import { h } from "app/lib/dom.js"
import { within } from "app/lib/within.js"
import { plural } from "app/lib/words.js"

const PATIENCE = 2000 // ms; a device that does not answer has nothing that could be cleared

/** @param {HTMLElement} element a form */
export function clearDevice(element) {
  if (!(element instanceof HTMLFormElement)) return undefined
  const person = element.dataset.clearDevice ?? ""
  const submit = async (/** @type {SubmitEvent} */ event) => {
    event.preventDefault()
    await stored((db) => clear(db, person))
    forgetCopies(localStorage, person)
    element.submit()
  }
  element.addEventListener("submit", submit)
  warn(element, person)
  return () => element.removeEventListener("submit", submit)
}

/**
 * @param {HTMLFormElement} form
 * @param {string} person
 */
async function warn(form, person) {
  const waiting = ((await stored((db) => unsent(db, person))) ?? 0) + countCopied(localStorage, person)
  if (!waiting) return
  const words = `${plural(waiting, "change")} of theirs, on this device only, would be deleted.`
  form.append(h("p", { class: "hint", text: words }))
}

/**
 * What `act` gives; undefined where this browser stores nothing.
 * @template T
 * @param {(db: import("idb").IDBPDatabase) => Promise<T>} act
 */
async function stored(act) {
  try {
    return await within(act(await openDatabase()), PATIENCE)
  } catch (error) {
    if (error instanceof DOMException) return undefined
    throw error
  }
}
