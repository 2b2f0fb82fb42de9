// The forms of the doors: sent without leaving the page, and where they cannot be, the words stay in their field.
import { assertOwn } from "app/lib/own_answer.js"

const AWAY = "Not sent: the server does not answer. Your words are still here."

/**
 * @param {HTMLFormElement} form
 * @param {string} what the button that was pressed
 */
export async function sendDoor(form, what) {
  const said = /** @type {HTMLElement} */ (form.querySelector(".door-said"))
  const data = new URLSearchParams(/** @type {any} */ ([...new FormData(form)]))
  data.set("do", what)
  said.textContent = "Sending …"
  try {
    const headers = { accept: "application/json" }
    const answer = assertOwn(await fetch(form.action, { method: "POST", headers, body: data }))
    const { say } = await answer.json()
    said.textContent = say
    said.classList.toggle("bad", !answer.ok)
  } catch {
    said.textContent = AWAY
    said.classList.add("bad")
  }
}

/** The room has moved on from the doors: their forms stay open only for who is typing there. */
export function leaveDoors() {
  const doors = document.getElementById("phone-doors")
  const inside = doors?.contains(document.activeElement)
  if (!doors || (inside && document.activeElement?.matches("input, textarea"))) return
  doors.removeAttribute("open")
  if (inside) document.getElementById("prompt")?.focus({ preventScroll: true })
}
