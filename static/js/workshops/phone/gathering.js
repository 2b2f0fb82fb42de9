// Gathering on the phone: ticked notes go into themes by the outbox, and one's own last step can be taken back.
import { h } from "app/lib/dom.js"

/** @typedef {import("./outbox.js").Entry} Entry */
/** @typedef {import("./phone.js").Phone} Phone */

const DONE = {
  add_theme: "Theme added",
  gather: "Gathered",
  split: "Taken out of the theme",
  edit_theme: "Renamed",
  merge_themes: "Merged",
  remove_theme: "Theme removed",
}
export const FORMS = "#gather, .theme-form, .undo-form"

/**
 * The op that a form asks for; null where something is missing.
 * @param {FormData} data
 * @param {string} what the name of the button
 * @param {string} value of the button
 */
export function opOf(data, what, value) {
  const cards = data.getAll("cards").map(String)
  const id = String(data.get("id") ?? "")
  const title = String(data.get("title") ?? "").trim()
  if (what === "split") return cards.length ? { do: "split", id: value, cards } : null
  if (value === "gather") return cards.length ? { do: "gather", id, cards } : null
  if (value === "add_theme")
    return title && cards.length ? { do: "add_theme", id: crypto.randomUUID(), title, cards } : null
  if (value === "edit_theme") return title ? { do: "edit_theme", id, title } : null
  if (value === "merge_themes") return { do: "merge_themes", id, other: String(data.get("other")) }
  return value === "remove_theme" ? { do: "remove_theme", id } : null
}

export class Gathering {
  /** @param {Phone} phone */
  constructor(phone) {
    this.phone = phone
  }

  /** Of the title that is being written for a new theme, the name under which this phone keeps it. */
  get titleId() {
    return `theme ${this.phone.phase}`
  }

  get title() {
    return /** @type {HTMLInputElement | null} */ (document.getElementById("new-title"))
  }

  /** @param {HTMLFormElement} form @param {HTMLElement | null} submitter */
  submitted(form, submitter) {
    const { name, value } = /** @type {HTMLButtonElement} */ (submitter ?? { name: "do", value: "add_theme" })
    const data = new FormData(form)
    if (form.matches(".undo-form")) return this.undo(Number(data.get("undo_of")))
    const op = opOf(data, name, value)
    if (!op) return this.#ask(value)
    const { phase, prompt, half } = this.phone
    this.phone.outbox.add({ op, phase, prompt })
    if (op.do === "add_theme") half.forget(this.titleId)
    if (form.matches("#gather")) empty(form, op.do === "add_theme")
    form.closest("details")?.removeAttribute("open")
    this.draw()
    return undefined
  }

  /** @param {number} seq of one's own deed */
  undo(seq) {
    document.getElementById("undo-gathering")?.replaceChildren()
    this.phone.outbox.add({ undo: seq, phase: this.phone.phase, prompt: this.phone.prompt })
  }

  /** The server has done it: it can be taken back until the next step. @param {Entry} entry @param {any} ack */
  done({ op }, ack) {
    const words = op && DONE[/** @type {keyof typeof DONE} */ (op.do)]
    if (!words) return
    const button = h("button", {
      type: "button",
      class: "small",
      text: `Undo: ${words}`,
      onclick: () => this.undo(ack.seq),
    })
    document.getElementById("undo-gathering")?.replaceChildren(button)
    this.phone.say(`${words}.`)
  }

  /** What is being written stays on this phone. @param {EventTarget | null} target */
  typed(target) {
    if (!(target instanceof HTMLInputElement) || target.id !== "new-title") return
    const { phase, prompt, half } = this.phone
    half.keep({ id: this.titleId, phase, prompt, text: target.value, fields: { do: "add_theme" } })
  }

  /** How many notes are ticked, and the title that was being written. */
  draw() {
    const place = document.querySelector("[data-ticked]")
    if (!place) return document.getElementById("undo-gathering")?.replaceChildren()
    const ticked = document.querySelectorAll('[name="cards"]:checked').length
    const words = ticked === 1 ? "1 note ticked" : `${ticked} notes ticked`
    if (place.textContent !== words) place.textContent = words
    const kept = this.phone.half.of(this.titleId)
    if (kept && this.title && !this.title.value) this.title.value = kept.text
    return undefined
  }

  /** @param {string} what */
  #ask(what) {
    this.phone.say(what === "add_theme" ? "Give the theme a title." : "Tick the notes first.", true)
    if (what === "add_theme") this.title?.focus()
  }
}

/** The ticks are done with; a title only where it was used. @param {HTMLFormElement} form @param {boolean} used */
function empty(form, used) {
  for (const one of form.elements) {
    if (one instanceof HTMLInputElement && one.type === "checkbox") one.checked = false
    if (one instanceof HTMLInputElement && one.name === "title" && used) one.value = ""
  }
}
