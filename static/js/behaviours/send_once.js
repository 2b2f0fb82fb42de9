// A form that is pressed twice is sent once: the page that answers is on its way, and whoever double-clicks wants one
// deed. After a while it can be sent again, in case the first never arrived.

const PATIENCE = 5000 // ms

/** @typedef {{ form: EventTarget | null, button: HTMLElement | null, at: number }} Sent */

/** Watches the plain forms of the page; those that htmx sends are not among them. */
export function sendOnce() {
  /** @type {Sent | null} */
  let last = null
  document.addEventListener("submit", (event) => {
    if (event.defaultPrevented || /** @type {HTMLFormElement} */ (event.target).method !== "post") return
    const sent = { form: event.target, button: event.submitter, at: event.timeStamp }
    if (last && isSame(last, sent)) event.preventDefault()
    else last = sent
  })
  addEventListener("pageshow", () => {
    last = null // somebody came back to the form to send something else
  })
}

/** @param {Sent} one @param {Sent} next */
function isSame(one, next) {
  return next.form === one.form && next.button === one.button && next.at - one.at < PATIENCE
}
