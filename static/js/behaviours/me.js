// data-me="person": the page is made for this person, so without a network nobody else's boards open here any more.
import { forgetOthers, openDatabase } from "app/board/device/device_store.js"

/** @param {HTMLElement} element */
export function me(element) {
  forget(element.dataset.me ?? "")
}

/** @param {string} person */
async function forget(person) {
  try {
    await forgetOthers(await openDatabase("throughline", false), person) // on a shared device too
  } catch (error) {
    if (!(error instanceof DOMException)) throw error // else this browser stores nothing, so there is nothing to forget
  }
}
