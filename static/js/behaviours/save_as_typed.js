// data-save-as-typed: a form of htmx that is sent by itself when one stops typing, one request at a time. What could not
// be sent is tried again. Says so in the form's data-state; until all is saved it asks before the page is left.

const PAUSE = 800 // ms without typing
const AGAIN = 5000 // ms until what could not be sent is tried again

const WAITS = "Not saved yet."
const LOST = "Not saved: no connection. Your words are still here, and are sent again by themselves."

/** @param {Event} event */
const askBeforeLeaving = (event) => event.preventDefault()

/** @param {HTMLElement} element */
export function saveAsTyped(element) {
  const form = /** @type {HTMLFormElement} */ (element)
  const listening = new AbortController()
  let [typed, sending, failed] = [false, false, false]
  /** @type {any} */
  let timer = null

  /** @param {string} say */
  const state = (say) => {
    const place = form.querySelector("[data-state]")
    if (place) place.textContent = say
  }
  const waits = () => {
    typed = true
    addEventListener("beforeunload", askBeforeLeaving)
  }
  /** @param {number} wait */
  const soon = (wait) => {
    clearTimeout(timer)
    timer = setTimeout(() => !sending && form.requestSubmit(), wait)
  }
  /** @type {(name: string, act: (event: any) => void) => void} */
  const on = (name, act) => form.addEventListener(name, act, { signal: listening.signal })

  on("input", () => {
    waits()
    state(WAITS)
    soon(PAUSE)
  })
  on("htmx:before:request", () => {
    clearTimeout(timer)
    sending = true
    typed = false
  })
  on("htmx:after:request", ({ detail }) => {
    const { status } = detail.ctx.response
    if (status >= 400) return refused(status)
    failed = false
    if (typed) return
    removeEventListener("beforeunload", askBeforeLeaving)
    form.dispatchEvent(new Event("words:sent", { bubbles: true }))
  })
  on("htmx:after:swap", () => typed && state(WAITS))
  on("htmx:error", () => refused(0))
  on("htmx:finally:request", () => {
    sending = false
    if (typed) soon(failed ? AGAIN : PAUSE)
  })

  /** @param {number} status 0 where the server was not reached. */
  const refused = (status) => {
    if (!status && !failed) alarm(LOST)
    failed = true
    if (!status || status >= 500) waits()
    state(status ? WAITS : LOST)
  }

  for (const box of form.querySelectorAll("textarea")) {
    // Words that came back from this tab: another window may have written since, so that it is asked.
    if (box.value === box.defaultValue) continue
    const seen = form.elements.namedItem(`seen-${box.name.replace("box-", "")}`)
    if (seen instanceof HTMLInputElement) seen.value = ""
    waits()
    soon(0)
  }
  return () => {
    listening.abort()
    clearTimeout(timer)
    removeEventListener("beforeunload", askBeforeLeaving)
  }
}

/** @param {string} say */
function alarm(say) {
  const place = document.getElementById("say-now")
  if (place) place.textContent = say
}
