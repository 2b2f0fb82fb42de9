// What was sent and not answered by our server: words stay in their form with the reason; of a button it is said.
import { h } from "app/lib/dom.js"
import { takesWords } from "./stranded_forms.js"

const NOT_DONE = "That was not done: the server could not be reached. Try again in a moment."

/** @param {Element} form */
export function markUnreached(form) {
  form.toggleAttribute("data-unreached", true)
  if (takesWords(form)) return
  document
    .getElementById("flash")
    ?.replaceChildren(h("p", { class: "flash bad unreached", role: "alert", text: NOT_DONE }))
}

/** Our server has answered. @param {Element} form */
export function markReached(form) {
  form.removeAttribute("data-unreached")
  document.querySelector("#flash .unreached")?.remove()
}
