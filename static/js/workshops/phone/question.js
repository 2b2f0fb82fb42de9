// Where a question is asked for: whether words are one, and what is offered where they are not.
import { h } from "app/lib/dom.js"

const ENDS = /[?\uff1f\u061f\u037e]["'”’»)]*$/u // as in app/boards/core/stage/notes.py

/** @param {string} text */
export function isQuestion(text) {
  return ENDS.test(text.trimEnd())
}

/** The words with a question mark at their end. @param {string} text */
export function asQuestion(text) {
  return `${text.trimEnd().replace(/[.!…\s]+$/u, "")}?`
}

/** @param {HTMLFormElement} form @param {() => void} turn @param {() => void} park */
export function offerToTurn(form, turn, park) {
  form.querySelector(".no-question")?.remove()
  const turning = h("button", { type: "button", text: "Add a question mark", onclick: turn })
  const offer = h(
    "div",
    { class: "no-question", role: "alert" },
    h("p", { class: "error", text: "This asks for a question: let it end with a question mark." }),
    h("div", { class: "row" }, turning, h("button", { type: "button", text: "Put it aside", onclick: park })),
  )
  const box = form.querySelector("textarea")
  box?.after(offer)
  box?.setAttribute("aria-invalid", "true")
  turning.focus()
}
