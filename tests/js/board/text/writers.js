// Several people who write in one text, each in a box of their own, and a server that joins what they send.
import { Field } from "app/board/text/field.js"
import { merge } from "app/board/text/merge3.js"
import { Box } from "./box.js"

/** @typedef {{ text: string, from: { text: string, seq: number } }} Sent */

/** The text as the server has it, as app/boards/core/texts.py sets it. */
export class TextServer {
  seq = 1
  /** Texts that were replaced because they could not be joined. @type {string[]} */
  clashes = []

  /** @param {string} text */
  constructor(text) {
    this.text = text
  }

  /** @param {Sent} sent */
  write({ text, from }) {
    if (text === this.text) return
    const joined = from.text === this.text ? text : merge(from.text, text, this.text)
    if (joined === null) this.clashes.push(this.text)
    this.text = joined ?? text
    this.seq++
  }
}

/** A client with one box: what it sends and hears takes `delay` ms each way, in order. */
export class Writer {
  /** @type {Sent[]} */
  pending = []

  /**
   * @param {TextServer} server
   * @param {Writer[]} all
   * @param {number} delay
   */
  constructor(server, all, delay) {
    this.server = server
    this.all = all
    this.delay = delay
    this.known = { text: server.text, seq: server.seq }
    this.box = new Box()
    this.field = new Field(/** @type {any} */ (this.box), {
      now: () => ({ ...this.known, text: this.pending.at(-1)?.text ?? this.known.text }),
      send: (text, from) => this.#send({ text, from }),
      isSending: () => this.pending.length > 0,
      isShared: () => true,
    })
    all.push(this)
  }

  /** @param {Sent} sent */
  #send(sent) {
    this.pending.push(sent)
    setTimeout(() => {
      this.server.write(sent)
      for (const each of this.all) each.#hear({ text: this.server.text, seq: this.server.seq }, each === this)
    }, this.delay)
  }

  /** @param {{ text: string, seq: number }} known @param {boolean} answer */
  #hear(known, answer) {
    setTimeout(() => {
      this.known = known
      if (answer) this.pending.shift()
      const before = document.activeElement
      if (before) Object.assign(document, { activeElement: this.box })
      this.field.refresh()
      Object.assign(document, { activeElement: before })
    }, this.delay)
  }
}
