// What somebody does on the phone: writes, changes and takes away notes, places dots, finishes. All goes by the outbox.
import { leaveDoors, sendDoor } from "./doors.js"
import { freeSlot, slotOn } from "./dots.js"
import { FORMS, Gathering } from "./gathering.js"
import { removeOwn } from "./own_notes.js"
import { asQuestion, isQuestion, offerToTurn } from "./question.js"

/** @typedef {import("./half_typed.js").HalfTyped} HalfTyped */
/** @typedef {import("./outbox.js").Entry} Entry */
/** @typedef {import("./phone.js").Phone} Phone */

const SAID = {
  finish: "You have finished.",
  go_on: "Go on.",
  place: "Placed.",
  take_back: "Taken back.",
}

export class Acts {
  /** @param {Phone} phone */
  constructor(phone) {
    this.phone = phone
    this.outbox = phone.outbox
    this.gathering = new Gathering(phone)
  }

  /** @param {SubmitEvent} event */
  submitted(event) {
    const form = /** @type {HTMLFormElement} */ (event.target)
    const what = /** @type {HTMLButtonElement | null} */ (event.submitter)?.value ?? ""
    if (form.matches(".box-form")) this.addNote(form)
    else if (form.matches(".change")) this.changeNote(form, what)
    else if (form.matches(".cast, .finish")) this.cast(form, what)
    else if (form.matches(".try-form")) this.tryOut(form)
    else if (form.matches(".door-form")) sendDoor(form, what)
    else if (form.matches(FORMS)) this.gathering.submitted(form, event.submitter)
    else return
    event.preventDefault()
  }

  /** What was for the doors, or for who has just joined, is over. */
  movedOn() {
    document.getElementById("joined")?.remove()
    leaveDoors()
  }

  /** @param {EventTarget | null} target */
  typed(target) {
    this.gathering.typed(target)
    const form = target instanceof HTMLElement ? target.closest(".box-form") : null
    if (!(form instanceof HTMLFormElement)) return
    this.phone.half.keep(this.phone.box.words(form, this.phone.prompt))
    form.querySelector(".no-question")?.remove()
    this.phone.box.element?.removeAttribute("aria-invalid")
  }

  /** At the doors: shown to its writer alone, and kept nowhere. @param {HTMLFormElement} form */
  tryOut(form) {
    const text = String(new FormData(form).get("text")).trim()
    const [place, words] = [form.querySelector("#tried"), form.querySelector("#tried .words")]
    if (!text || !place || !words) return
    words.textContent = text
    place.toggleAttribute("hidden", false)
    form.reset()
  }

  /** @param {HTMLFormElement} form */
  addNote(form) {
    const words = this.phone.box.words(form, this.phone.prompt)
    if (!words.text.trim()) return
    if (form.dataset.question === undefined || isQuestion(words.text)) {
      this.send(words)
      return
    }
    const turn = () => this.send({ ...words, text: asQuestion(words.text) })
    offerToTurn(form, turn, () => this.park(words))
  }

  /** @param {HalfTyped} words */
  send(words) {
    const { phase, prompt, text, fields } = words
    const isTheme = fields.do === "add_theme"
    const said = isTheme ? { title: text.trim(), cards: [] } : { text: text.trim(), phase }
    const op = { do: "add_card", id: crypto.randomUUID(), ...said, ...fields }
    this.outbox.add({ op, phase, prompt })
    this.drop(words)
    this.phone.say("Added.")
    this.phone.box.element?.focus({ preventScroll: true })
  }

  /** Put aside on this phone, to be sent or deleted later. @param {HalfTyped} words */
  park(words) {
    this.drop(words)
    this.phone.half.keep({ ...words, id: crypto.randomUUID() })
    this.phone.draw()
    this.phone.say("Put aside on this phone.")
  }

  /** @param {HalfTyped} words */
  drop(words) {
    this.phone.box.forget(words, this.phone.phase)
    this.phone.draw()
  }

  /** @param {HTMLFormElement} form @param {string} what */
  changeNote(form, what) {
    const { id, phase, base, text } = Object.fromEntries(new FormData(form))
    const given = { phase: String(phase), prompt: this.phone.prompt }
    if (what !== "remove_card") {
      form.closest("details")?.removeAttribute("open")
      this.outbox.add({ ...given, op: { do: "edit_card", id, text }, base: Number(base) })
      this.phone.draw()
      return
    }
    removeOwn(String(id))
    this.outbox.add({ ...given, op: { do: "remove_card", id } })
    this.phone.say("Taken away.")
    document.getElementById("prompt")?.focus({ preventScroll: true })
  }

  /** @param {HTMLFormElement} form @param {string} what */
  cast(form, what) {
    const { phase, choice = "yes" } = Object.fromEntries(new FormData(form))
    const isFinish = what === "finish" || what === "go_on"
    const slot = isFinish ? 0 : this.#slot(what, String(choice))
    if (slot === null) return
    const chosen = what === "take_back" || what === "go_on" ? null : String(choice)
    this.phone.setDot(slot, chosen)
    const cast = { phase: String(phase), slot, choice: chosen }
    this.outbox.add({ cast, phase: this.phone.phase, prompt: this.phone.prompt })
    this.phone.draw()
    focusIn(form)
    const left = isFinish ? null : document.querySelector("#stage-body .left b")?.textContent
    this.phone.say(SAID[/** @type {keyof typeof SAID} */ (what)] + (left ? ` ${left} left.` : ""))
  }

  /** Of a refused note: sent again, with a question mark. @param {Entry} entry */
  turn(entry) {
    this.outbox.drop(entry)
    this.outbox.retry({ ...entry, op: { ...entry.op, text: asQuestion(entry.op.text) } })
    this.phone.draw()
  }

  /** @param {string} what @param {string} thing */
  #slot(what, thing) {
    if (what === "take_back") return slotOn(this.phone.dots, thing)
    const dots = Number(document.querySelector("#stage-body .left")?.getAttribute("data-dots"))
    return dots ? freeSlot(this.phone.dots, dots) : 1
  }
}

/** The button that was pressed may be gone: then its neighbour has the focus. @param {HTMLFormElement} form */
function focusIn(form) {
  const shown = [...form.querySelectorAll("button")].filter((one) => one.offsetParent !== null)
  if (!shown.some((one) => one === document.activeElement)) shown[0]?.focus()
}
