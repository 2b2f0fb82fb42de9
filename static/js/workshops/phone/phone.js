// data-phone="board id": the phone of somebody who takes part. The shared screen comes by socket; what is one's own is
// in the page, kept here, and fetched again once the room has moved on.

import { HttpTransport } from "app/board/sync/http/transport.js"
import { assertOwn } from "app/lib/own_answer.js"
import { shorten } from "app/lib/words.js"
import { Clock } from "./clock.js"
import { drawDots, freeSlot, slotOn } from "./dots.js"
import { putRegions } from "./frame.js"
import { drawLeft, HalfTypedWords } from "./half_typed.js"
import { Line } from "./line.js"
import { Outbox } from "./outbox.js"
import { drawWaiting, putOwn, removeOwn } from "./own_notes.js"
import { asQuestion, isQuestion, offerToTurn } from "./question.js"
import { savedWords } from "./saved_line.js"

/** @typedef {import("./half_typed.js").HalfTyped} HalfTyped */
/** @typedef {import("./outbox.js").Entry} Entry */

const SPREAD = 2000 // ms over which phones ask for what is their own, when all move on at once

/** @param {HTMLElement} root */
export function phone(root) {
  const one = new Phone(root)
  one.start()
  return () => one.stop()
}

class Phone {
  #listening = new AbortController()
  /** @type {any} */
  #refreshing = null
  #ended = ""
  #wasAway = false

  /** @param {HTMLElement} root */
  constructor(root) {
    this.root = root
    const board = root.dataset.phone ?? ""
    const me = root.dataset.person ?? ""
    const storage = document.body.dataset.shared === undefined ? localStorage : null
    this.clock = new Clock((say, atOnce) => this.say(say, atOnce))
    this.half = new HalfTypedWords(`workshop-words:${me}:${board}:`, storage)
    this.outbox = new Outbox(`workshop-outbox:${me}:${board}:`, storage, new HttpTransport(board, me), {
      changed: () => this.drawState(),
      done: (entry, ack) => this.done(entry, ack),
      refused: (entry, say) => this.refused(entry, say),
      ended: (say) => this.end(say),
    })
    this.line = new Line(board, Number(root.dataset.seq), {
      frame: (html, now) => this.take(parse(html), now),
      changed: () => this.drawState(),
      ask: () => this.refresh(),
      live: () => this.outbox.send(),
      ended: (say) => this.end(say),
    })
    this.mine = new Set([...root.querySelectorAll("[data-own], .mine[data-note]")].map(idOf))
    this.dots = this.#dotsIn(document)
  }

  get phase() {
    return document.getElementById("stage-top")?.dataset.phase ?? ""
  }

  get kind() {
    return document.getElementById("stage-top")?.dataset.kind ?? ""
  }

  get prompt() {
    return document.getElementById("prompt")?.textContent ?? ""
  }

  get box() {
    return /** @type {HTMLTextAreaElement | null} */ (this.root.querySelector(".box-form textarea"))
  }

  start() {
    const on = { signal: this.#listening.signal }
    document.addEventListener("submit", (event) => this.submitted(event), on)
    this.root.addEventListener("input", (event) => this.typed(event.target), on)
    addEventListener("beforeunload", (event) => this.hasUnkept() && event.preventDefault(), on)
    this.tellClock(Number(this.root.dataset.now))
    this.fillBox()
    this.drawOwn()
    this.line.start()
    this.outbox.send()
  }

  stop() {
    this.#listening.abort()
    clearTimeout(this.#refreshing)
    this.line.stop()
    this.outbox.stop()
    this.clock.stop()
  }

  // -- what comes --------------------------------------------------------------------------------

  /** @param {Document} fresh @param {number} now */
  take(fresh, now) {
    const before = { phase: this.phase, kind: this.kind }
    const caret = this.#caret()
    putRegions(fresh)
    this.tellClock(now)
    if (this.phase !== before.phase) this.#moveOn()
    this.fillBox()
    if (this.phase === before.phase) this.#putCaret(caret)
    this.drawOwn()
    if (this.phase !== before.phase || this.kind !== before.kind) this.#tellOfMove()
  }

  /** One's own part, and all else, as they are now. Raises an error where our server does not answer. */
  async refresh() {
    const url = `/boards/${this.root.dataset.phone}/take-part`
    const headers = { "hx-request": "true", accept: "text/html" }
    const answer = assertOwn(await fetch(url, { headers }))
    if (!answer.ok) return
    const fresh = parse(await answer.text())
    const { now, casts, writes } = fresh.getElementById("fresh")?.dataset ?? {}
    Object.assign(this.root.dataset, { casts, writes })
    this.#takeOwn(fresh)
    this.take(fresh, Number(now))
  }

  /** @param {Document} fresh */
  #takeOwn(fresh) {
    const old = document.getElementById("own")
    const own = fresh.getElementById("own")
    if (!old || !own) return
    this.dots = this.#dotsIn(fresh)
    for (const { cast } of this.outbox.waiting) if (cast) this.#setDot(cast.slot, cast.choice)
    for (const row of own.querySelectorAll("[data-own]")) this.mine.add(idOf(row))
    if (!old.querySelector("details[open]") && !old.contains(document.activeElement)) old.replaceWith(own)
  }

  /** The question is another one: what was one's own belongs to the one before. */
  #moveOn() {
    const own = document.getElementById("own")
    own?.querySelector("ul")?.replaceChildren()
    if (own) own.dataset.phase = this.phase
    this.dots = {}
    document.getElementById("joined")?.remove()
    scrollTo({ top: 0, behavior: "instant" })
  }

  #tellOfMove() {
    const count = Number(document.getElementById("stage-body")?.dataset.count)
    const words = {
      read: count ? `${count} notes are shown.` : "",
      vote: "Voting is open.",
      result: "Voting is closed.",
    }[this.kind]
    this.say([words, shorten(this.prompt, 90)].filter(Boolean).join(" "))
    clearTimeout(this.#refreshing)
    this.#refreshing = setTimeout(() => this.refresh().catch(() => {}), Math.random() * SPREAD)
  }

  /** @param {number} now */
  tellClock(now) {
    const { endsAt, left } = document.getElementById("stage-top")?.dataset ?? {}
    this.clock.tell({ endsAt: number(endsAt), left: number(left), now })
  }

  // -- what somebody does ------------------------------------------------------------------------

  /** @param {SubmitEvent} event */
  submitted(event) {
    const form = /** @type {HTMLFormElement} */ (event.target)
    const button = /** @type {HTMLButtonElement | null} */ (event.submitter)
    const act = form.matches(".box-form")
      ? () => this.addNote(form)
      : form.matches(".change")
        ? () => this.changeNote(form, button?.value ?? "")
        : form.matches(".cast, .finish")
          ? () => this.cast(form, button?.value ?? "")
          : null
    if (!act) return
    event.preventDefault()
    act()
  }

  /** @param {EventTarget | null} target */
  typed(target) {
    const form = target instanceof HTMLElement ? target.closest(".box-form") : null
    if (form instanceof HTMLFormElement) this.half.keep(this.#wordsIn(form))
    document.querySelector(".no-question")?.remove()
  }

  /** @param {HTMLFormElement} form */
  addNote(form) {
    const words = this.#wordsIn(form)
    if (!words.text.trim()) return
    if (form.dataset.question !== undefined && !isQuestion(words.text)) {
      const turn = () => this.send({ ...words, text: asQuestion(words.text) })
      offerToTurn(form, turn, () => this.park(words))
      return
    }
    this.send(words)
  }

  /** @param {HalfTyped} words */
  send(words) {
    const { phase, prompt, text, fields } = words
    const op = { do: "add_card", id: crypto.randomUUID(), text: text.trim(), phase, ...fields }
    this.outbox.add({ op, phase, prompt })
    this.#clear(words)
    this.say("Added.")
  }

  /** Put aside on this phone, to be sent or deleted later. @param {HalfTyped} words */
  park(words) {
    this.#clear(words)
    this.half.keep({ ...words, id: crypto.randomUUID() })
    this.drawOwn()
    this.say("Put aside on this phone.")
  }

  /** @param {HTMLFormElement} form @param {string} what */
  changeNote(form, what) {
    const { id, phase, base, text } = Object.fromEntries(new FormData(form))
    const given = { phase: String(phase), prompt: this.prompt }
    if (what === "remove_card") {
      removeOwn(String(id))
      this.outbox.add({ ...given, op: { do: "remove_card", id } })
      this.say("Taken away.")
      document.getElementById("prompt")?.focus({ preventScroll: true })
      return
    }
    form.closest("details")?.removeAttribute("open")
    this.outbox.add({ ...given, op: { do: "edit_card", id, text }, base: Number(base) })
  }

  /** @param {HTMLFormElement} form @param {string} what */
  cast(form, what) {
    const { phase, choice } = Object.fromEntries(new FormData(form))
    const dots = Number(this.root.querySelector(".left")?.getAttribute("data-dots"))
    const thing = choice === undefined ? "yes" : String(choice)
    const isFinish = what === "finish" || what === "go_on"
    const slot = isFinish ? 0 : what === "take_back" ? slotOn(this.dots, thing) : this.#slotFor(dots)
    if (slot === null) return
    const chosen = what === "take_back" || what === "go_on" ? null : thing
    this.#setDot(slot, chosen)
    this.outbox.add({
      cast: { phase: String(phase), slot, choice: chosen },
      phase: this.phase,
      prompt: this.prompt,
    })
    this.drawOwn()
    this.#focusAfterCast(form)
    this.say(this.#castWords(what))
  }

  /** @param {number} dots of a person; 0 where one answer is chosen */
  #slotFor(dots) {
    return dots ? freeSlot(this.dots, dots) : 1
  }

  /** @param {number} slot @param {string | null} choice */
  #setDot(slot, choice) {
    const { [slot]: _, ...others } = this.dots
    this.dots = choice === null ? others : { ...others, [slot]: choice }
  }

  /** @param {HTMLFormElement} form */
  #focusAfterCast(form) {
    const shown = [...form.querySelectorAll("button")].filter((one) => one.offsetParent !== null)
    if (!shown.includes(/** @type {any} */ (document.activeElement))) shown[0]?.focus()
  }

  /** @param {string} what */
  #castWords(what) {
    const left = this.root.querySelector(".left b")?.textContent
    const words = {
      finish: "You have finished.",
      go_on: "Go on.",
      place: "Placed.",
      take_back: "Taken back.",
    }
    return `${words[/** @type {keyof typeof words} */ (what)]}${left && what !== "finish" && what !== "go_on" ? ` ${left} left.` : ""}`
  }

  // -- what came of it ---------------------------------------------------------------------------

  /** @param {Entry} entry @param {any} ack */
  done(entry, ack) {
    const { op, phase } = entry
    if (op?.do === "add_card") this.mine.add(op.id)
    if (op && phase === this.phase && op.do !== "remove_card") {
      const kind = op.kind ?? this.root.querySelector(`[data-own="${CSS.escape(op.id)}"]`)?.className.slice(5)
      putOwn({ id: op.id, text: op.text, kind: kind ?? "note", seq: ack.seq, phase })
    }
    this.drawOwn()
  }

  /** @param {Entry} entry @param {string} say */
  refused(entry, say) {
    this.say(entry.cast ? say : `Not saved. ${say}`, true)
    if (entry.cast) this.#flash(say)
    this.drawOwn()
    if (!entry.op || entry.op.do === "remove_card") this.refresh().catch(() => {})
  }

  /** @param {string} say */
  #flash(say) {
    const words = document.createElement("p")
    words.className = "flash bad"
    words.textContent = say
    document.getElementById("flash")?.replaceChildren(words)
  }

  /** @param {string} say */
  end(say) {
    this.#ended = say || "You cannot take part here any more."
    this.line.stop()
    this.drawState()
  }

  // -- drawing -----------------------------------------------------------------------------------

  drawOwn() {
    for (const note of this.root.querySelectorAll("#stage-body [data-note]"))
      note.classList.toggle("mine", this.mine.has(idOf(note)))
    drawDots(this.dots)
    drawWaiting(this.outbox.entries, {
      retry: (entry) => this.outbox.retry(entry),
      drop: (entry) => this.#drop(entry),
      turn: (entry) => this.#turn(entry),
    })
    drawLeft(/** @type {HTMLElement} */ (document.getElementById("kept")), this.half.left(this.phase), {
      send: (words) => this.send(words),
      drop: (words) => this.#clear(words),
    })
    this.drawState()
  }

  drawState() {
    if (!this.line) return // while this is being made
    const { state, words } = savedWords({
      reached: this.line.reached && !this.outbox.lost,
      checking: this.line.checking && !this.outbox.lost,
      waiting: this.outbox.waiting.length,
      refused: this.outbox.entries.length - this.outbox.waiting.length,
      network: navigator.onLine,
      unkept: this.outbox.unkept || !this.outbox.storage,
      ended: this.#ended,
    })
    const place = /** @type {HTMLElement} */ (document.getElementById("saved"))
    place.dataset.state = state
    if (place.textContent !== words) place.textContent = words
    const isAway = state === "offline"
    if (isAway && !this.#wasAway) this.say(words, true)
    if (!isAway && this.#wasAway && state !== "checking") this.say("Connected again.")
    this.#wasAway = isAway || (this.#wasAway && state === "checking")
  }

  /** Says it to a screen reader; at once only where that cannot wait. @param {string} words @param {boolean} [atOnce] */
  say(words, atOnce = false) {
    const place = document.getElementById(atOnce ? "say-now" : "say")
    if (place) place.textContent = words.slice(0, 140)
  }

  // -- words in the box --------------------------------------------------------------------------

  /** What stands in the box of this question comes back into it. */
  fillBox() {
    const { box } = this
    const words = this.half.of(this.phase)
    if (!box || !words || box.value) return
    box.value = words.text
    box.closest("details")?.setAttribute("open", "")
  }

  hasUnkept() {
    const nothingStays = !this.outbox.storage && (this.outbox.waiting.length > 0 || this.half.size > 0)
    return nothingStays || (this.outbox.unkept && this.outbox.waiting.length > 0)
  }

  /** @param {HTMLFormElement} form @returns {HalfTyped} */
  #wordsIn(form) {
    const { text, phase, kind, section } = Object.fromEntries(new FormData(form))
    const fields = { kind: String(kind), ...(section !== undefined && { section: String(section) }) }
    return { id: String(phase), phase: String(phase), prompt: this.prompt, text: String(text), fields }
  }

  /** @param {HalfTyped} words */
  #clear(words) {
    this.half.forget(words.id)
    const { box } = this
    if (box && words.id === this.phase) box.value = ""
    document.querySelector(".no-question")?.remove()
    this.drawOwn()
  }

  /** @param {Entry} entry */
  #drop(entry) {
    this.outbox.drop(entry)
    this.drawOwn()
  }

  /** @param {Entry} entry */
  #turn(entry) {
    this.outbox.retry({ ...entry, op: { ...entry.op, text: asQuestion(entry.op.text) } })
    this.outbox.drop(entry)
    this.drawOwn()
  }

  #caret() {
    const { box } = this
    return box && document.activeElement === box ? [box, box.selectionStart, box.selectionEnd] : null
  }

  /** @param {any} caret */
  #putCaret(caret) {
    const { box } = this
    if (!caret || !box || box === caret[0]) return
    box.focus({ preventScroll: true })
    box.setSelectionRange(caret[1], caret[2])
  }

  /** @param {Document} from @returns {Record<string, string>} */
  #dotsIn(from) {
    return JSON.parse(from.getElementById("own")?.dataset.dots || "{}")
  }
}

/** @param {string} html */
function parse(html) {
  return new DOMParser().parseFromString(html, "text/html")
}

/** @param {Element} element */
function idOf(element) {
  return element.getAttribute("data-own") ?? element.getAttribute("data-note") ?? ""
}

/** @param {string | undefined} text */
function number(text) {
  return text === undefined ? null : Number(text)
}
