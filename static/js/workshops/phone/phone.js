// data-phone="board id": the phone of somebody who takes part. The shared screen comes by socket; what is one's own is
// in the page, kept here, and fetched again once the room has moved on.
import { HttpTransport } from "app/board/sync/http/transport.js"
import { setText } from "app/lib/dom.js"
import { moment, shorten } from "app/lib/words.js"
import { Acts } from "./acts.js"
import { Box } from "./box.js"
import { Clock } from "./clock.js"
import { drawDots } from "./dots.js"
import { dotsIn, flash, idOf, number, parse, putRegions, takeWhatAllMay, wordsOfMove } from "./frame.js"
import { drawLeft, HalfTypedWords } from "./half_typed.js"
import { LastTaken } from "./last_taken.js"
import { Line } from "./line.js"
import { Outbox, wordsOf } from "./outbox.js"
import { drawWaiting, nameOwn, putOwn } from "./own_notes.js"
import { OwnPart } from "./own_part.js"
import { SavedLine } from "./saved_line.js"

/** @typedef {import("./outbox.js").Entry} Entry */

/** @param {HTMLElement} root */
export function phone(root) {
  const one = new Phone(root)
  one.start()
  return () => one.stop()
}

export class Phone {
  #listening = new AbortController()
  #ended = ""
  /** @type {import("./dots.js").Slots} */
  dots = {}

  /** @param {HTMLElement} root */
  constructor(root) {
    this.root = root
    const board = root.dataset.phone ?? ""
    const me = root.dataset.person ?? ""
    const storage = document.body.dataset.shared === undefined ? localStorage : null
    this.clock = new Clock((say, atOnce) => this.say(say, atOnce))
    this.saved = new SavedLine((say, atOnce) => this.say(say, atOnce))
    this.half = new HalfTypedWords(`workshop-words:${me}:${board}:`, storage)
    this.box = new Box(root, this.half)
    this.outbox = new Outbox(`workshop-outbox:${me}:${board}:`, storage, new HttpTransport(board, me), {
      changed: () => this.drawState(),
      done: (entry, ack) => this.done(entry, ack),
      refused: (entry, say) => this.refused(entry, say),
      ended: (say) => this.end(say),
    })
    this.acts = new Acts(this)
    this.lastTaken = new LastTaken(board)
    this.own = new OwnPart(board, (html) => this.#takePage(parse(html)), this.lastTaken)
    this.line = new Line(board, Number(root.dataset.seq), {
      frame: (html, now) => this.take(parse(html), now),
      changed: () => this.drawState(),
      ask: () => this.own.ask(),
      live: () => this.outbox.send(),
      ended: (say) => this.end(say),
    })
    this.mine = new Set([...root.querySelectorAll("[data-own], .mine[data-note]")].map(idOf))
    this.#takeDots(document)
  }

  get top() {
    return document.getElementById("stage-top")?.dataset ?? {}
  }

  get phase() {
    return this.top.phase ?? ""
  }

  get prompt() {
    return document.getElementById("prompt")?.textContent ?? ""
  }

  start() {
    const on = { signal: this.#listening.signal }
    document.addEventListener("submit", (event) => this.acts.submitted(event), on)
    document.addEventListener("input", (event) => this.acts.typed(event.target), on)
    document.addEventListener("change", () => this.acts.gathering.draw(), on)
    addEventListener("beforeunload", (event) => this.#wouldLose() && event.preventDefault(), on)
    this.#tellClock(Number(this.root.dataset.now))
    this.box.fill(this.phase)
    this.draw()
    this.line.start()
    if (this.lastTaken.isAfterPage) this.own.askSoon(0)
    this.outbox.send()
  }

  stop() {
    this.#listening.abort()
    this.own.stop()
    this.line.stop()
    this.outbox.stop()
    this.clock.stop()
  }

  /** The screen as everyone sees it. @param {Document} fresh @param {number} now */
  take(fresh, now) {
    const { phase = "", kind } = this.top
    const putCaret = this.box.rememberCaret()
    putRegions(fresh)
    this.#tellClock(now)
    const moved = this.phase !== phase || this.top.kind !== kind
    if (moved) takeWhatAllMay(this.root, this.top)
    if (this.phase !== phase) this.#moveOn()
    this.box.fill(this.phase)
    if (this.phase === phase) putCaret()
    this.draw()
    if (moved) this.#tellOfMove()
  }

  /** One's own part, and all else, as they were when the server was asked. @param {Document} fresh */
  #takePage(fresh) {
    const { now, seq, casts, writes } = fresh.getElementById("fresh")?.dataset ?? {}
    const { phase = "", kind } = fresh.getElementById("stage-top")?.dataset ?? {}
    if (Number(seq) >= this.line.seq) this.take(fresh, Number(now))
    else if (phase !== this.phase || kind !== this.top.kind) return // the line has moved on since, and asks anew
    Object.assign(this.root.dataset, { casts, writes }) // after what all may, and after the move to another question
    this.#takeOwn(fresh)
    this.draw()
  }

  /** @param {number} slot @param {string | null} choice */
  setDot(slot, choice) {
    const { [slot]: _, ...others } = this.dots
    this.dots = choice === null ? others : { ...others, [slot]: choice }
  }

  /** The server has taken it. @param {Entry} entry @param {any} ack */
  done(entry, ack) {
    const { op, phase } = entry
    this.lastTaken.note()
    if (op?.do === "add_card") this.mine.add(op.id)
    if (phase === this.phase) this.acts.gathering.done(entry, ack)
    if (op && phase === this.phase && op.text !== undefined) putOwn({ ...op, seq: ack.seq, phase })
    this.draw()
  }

  /** @param {Entry} entry @param {string} say */
  refused(entry, say) {
    const hasWords = wordsOf(entry) !== undefined
    this.say(hasWords ? `Not saved. ${say}` : say, true)
    if (!hasWords) flash(say)
    this.draw()
    if (!hasWords) this.own.askSoon(0)
  }

  /** @param {string} say */
  end(say) {
    this.#ended = say || "You cannot take part here any more."
    this.line.stop()
    this.drawState()
  }

  draw() {
    for (const note of this.root.querySelectorAll("#stage-body [data-note]"))
      note.classList.toggle("mine", this.mine.has(idOf(note)))
    for (const time of document.querySelectorAll("time[data-at]"))
      setText(time, moment(Number(time.getAttribute("data-at"))))
    drawDots(this.dots)
    nameOwn(this.top.private !== undefined)
    drawWaiting(this.outbox.entries, {
      retry: (entry) => this.outbox.retry(entry),
      drop: (entry) => this.#drop(entry),
      turn: (entry) => this.acts.turn(entry),
    })
    const { title, titleId } = this.acts.gathering
    const left = this.half.left(this.phase).filter((words) => !title || words.id !== titleId)
    drawLeft(/** @type {HTMLElement} */ (document.getElementById("kept")), left, {
      send: (words) => this.acts.send(words),
      drop: (words) => this.acts.drop(words),
    })
    this.acts.gathering.draw()
    this.drawState()
  }

  drawState() {
    if (!this.line) return // while this is being made
    const { entries, waiting, lost, unkept, storage } = this.outbox
    this.saved.draw({
      reached: this.line.reached && !lost,
      checking: this.line.checking && !lost,
      waiting: waiting.length,
      refused: entries.length - waiting.length,
      network: navigator.onLine,
      unkept: unkept || !storage,
      away: this.outbox.away || (this.line.isWaiting ? "The server waits for its database." : ""),
      ended: this.#ended,
    })
  }

  /** Says it to a screen reader; at once only where that cannot wait. @param {string} words @param {boolean} [atOnce] */
  say(words, atOnce = false) {
    const place = document.getElementById(atOnce ? "say-now" : "say")
    if (place) place.textContent = words.slice(0, 140)
  }

  /** @param {Document} fresh */
  #takeOwn(fresh) {
    const [old, own] = [document.getElementById("own"), fresh.getElementById("own")]
    if (!old || !own) return
    this.#takeDots(fresh)
    for (const row of own.querySelectorAll("[data-own]")) this.mine.add(idOf(row))
    if (!old.querySelector("details[open]") && !old.contains(document.activeElement)) old.replaceWith(own)
  }

  /** As the server has them, and over that what waits on this phone. @param {Document} from */
  #takeDots(from) {
    const phase = from.getElementById("own")?.dataset.phase
    this.dots = dotsIn(from)
    for (const { cast } of this.outbox.waiting)
      if (cast && cast.phase === phase) this.setDot(cast.slot, cast.choice)
  }

  /** The question is another one: what was one's own belongs to the one before. */
  #moveOn() {
    document.getElementById("own-notes")?.replaceChildren()
    this.acts.movedOn()
    this.dots = {}
    scrollTo({ top: 0, behavior: "instant" })
  }

  #tellOfMove() {
    this.say(`${wordsOfMove(this.top.kind)} ${shorten(this.prompt, 90)}`.trim())
    this.own.askSoon()
  }

  /** @param {number} now */
  #tellClock(now) {
    const { endsAt, left } = this.top
    this.clock.tell({ endsAt: number(endsAt), left: number(left), now })
  }

  /** @param {Entry} entry */
  #drop(entry) {
    this.outbox.drop(entry)
    this.draw()
  }

  /** Whether leaving the page would lose what this phone could not keep. */
  #wouldLose() {
    const { storage, unkept, waiting } = this.outbox
    return storage ? unkept && waiting.length > 0 : waiting.length + this.half.size > 0
  }
}
