// What a person can do to the board: each command is one gesture that can be undone, and is announced in a sentence.

import { round } from "app/board/canvas/geometry.js"
import { partsOf } from "app/board/sync/parts.js"
import { freePlace } from "app/board/sync/places.js"
import { plural, withArticle } from "app/lib/words.js"
import { SECTION } from "./schema.js"

/** @typedef {import("./schema.js").Item} Item */
/** @typedef {import("./schema.js").Op} Op */
/** @typedef {import("./context.js").BoardContext} BoardContext */

export class Commands {
  /** @param {BoardContext} context */
  constructor(context) {
    this.context = context
  }

  /**
   * @param {Op | Op[]} ops
   * @param {string} say
   * @param {{ token?: string, base?: number, read?: Record<string, string>, quiet?: boolean, offer?: boolean }} [how]
   * @returns {boolean} whether the person may
   */
  do(ops, say, { token, base, read, quiet, offer } = {}) {
    const list = [ops].flat().map((op) => this.context.answer(op))
    const parts = list.flatMap((op) => partsOf(/** @type {any} */ (op)))
    const refused = parts.find((op) => !this.context.mayDo(op))
    if (refused) {
      const writes = this.context.may("add_card")
      this.context.announcer.warn(writes ? LOCKED : "You can read this board, but not change it.")
      return false
    }
    this.context.outbox.add(
      list.map((op) => ({ op, ...(base !== undefined && { base }), ...(read && { read }) })),
      say,
      token,
    )
    if (!quiet) this.context.announcer.say(say, offer ? { word: "Undo", act: () => this.undo() } : undefined)
    return true
  }

  undo() {
    const say = this.context.outbox.undo()
    if (!say) return this.context.announcer.speak("There is nothing of yours to undo")
    return this.context.announcer.speak(this.#untilOnline(`Undone: ${say}`))
  }

  redo() {
    const say = this.context.outbox.redo()
    if (!say) return this.context.announcer.speak("There is nothing to redo")
    return this.context.announcer.speak(this.#untilOnline(`Redone: ${say}`))
  }

  /**
   * @param {{ id: string, kind: string, text: string, section: string | null, x: number, y: number }} card
   * @param {string} token
   */
  addCard(card, token) {
    const draft = this.context.drafting ? { draft: true } : {}
    const what = draft.draft ? "draft" : this.context.kindWord(card.kind).toLowerCase()
    return this.do({ do: "add_card", ...card, ...draft }, `Added ${withArticle(what)}`, { token })
  }

  /**
   * Puts words that did not fit into a card into further ones after it, as one step.
   * @param {string | null} id
   * @param {string[]} texts
   */
  splitOff(id, texts) {
    const card = this.context.get(id)
    if (!card) return this.context.announcer.warn("That card is no longer here.", offerCopy(texts))
    const { kind, section, draft } = card.fields
    const isLast = this.context.items.cards(section ?? null).at(-1)?.id === card.id
    let after = card.id
    const ops = texts.flatMap((text) => {
      const before = after
      after = crypto.randomUUID()
      const add = asOp({ do: "add_card", id: after, kind, text, section, ...(draft ? { draft } : {}) })
      return isLast ? [add] : [add, asOp({ do: "move_card", id: after, after: before })]
    })
    return this.do(ops, `Added ${plural(texts.length, "card")}`, { offer: true })
  }

  /**
   * The text of any field, while it is being written.
   * @param {{ id: string, item: string }} item
   * @param {string} field
   * @param {string} text
   * @param {{ text: string, seq: number }} from the text that it was made of, and the item's seq when that was read
   * @param {string} token
   */
  setText(item, field, text, from, token) {
    const say = `Changed ${nameOf(field)} of a ${item.item}`
    const op = asOp({ do: `edit_${item.item}`, id: item.id, [field]: text })
    return this.do(op, say, { base: from.seq, read: { [field]: from.text }, token, quiet: true })
  }

  /** @param {Item} card @param {string} kind */
  setKind(card, kind) {
    this.do({ do: "edit_card", id: card.id, kind }, `Now a ${this.context.kindWord(kind).toLowerCase()}`)
  }

  /**
   * Drops a card at a point of the section that lies there, if any.
   * @param {Item} card
   * @param {{ x: number, y: number }} at from the corner of the section; for null of the board
   * @param {string | null} section
   */
  drop(card, at, section) {
    const place = { x: round(at.x), y: round(at.y) }
    const entering = (card.fields.section ?? null) !== section
    const op = asOp({ do: "move_card", id: card.id, ...place, ...(entering ? { section } : {}) })
    this.do(op, entering ? this.movedTo(card, section) : "Moved a card", { offer: entering })
  }

  /** Puts an item at a place, by key. @param {Item} item @param {{ x: number, y: number }} to from the corner of its section */
  nudge(item, to) {
    const [x, y] = [round(to.x), round(to.y)]
    const token = `nudge ${item.id}`
    const op = asOp({ do: `move_${item.item}`, id: item.id, x, y })
    this.do(op, `Moved a ${item.item}`, { token, quiet: true })
  }

  /**
   * Moves a card by menu to the end of a section (null: outside all), to a free place there.
   * @param {Item} card
   * @param {string | null} section
   */
  moveTo(card, section) {
    const place = this.freePlace(section)
    this.do({ do: "move_card", id: card.id, section, ...place }, this.movedTo(card, section), {
      offer: true,
    })
  }

  /** Puts a card after another of its section; null is first. @param {Item} card @param {string | null} after */
  moveAfter(card, after) {
    const before = this.context.get(after)
    const where = before ? `after ${this.context.label(before)}` : "first"
    this.do({ do: "move_card", id: card.id, after }, `${this.context.label(card)} is now ${where}`)
  }

  /** @param {Item} card @param {number} w */
  resize(card, w) {
    this.do({ do: "resize_card", id: card.id, w: round(w) }, "Changed the width of a card", {
      token: `size ${card.id}`,
    })
  }

  /** @param {Item} card */
  publish(card) {
    this.do({ do: "publish_card", id: card.id }, "Published: everyone can see it now")
  }

  /** @param {Item} item */
  remove(item) {
    const words = item.item === "link" ? "" : `: ${this.context.label(item)}`
    const op = asOp({ do: `remove_${item.item}`, id: item.id })
    this.do(op, `Removed a ${item.item}${words}`, { offer: true })
  }

  /** @param {Item} item */
  restore(item) {
    const op = asOp({ do: `restore_${item.item}`, id: item.id })
    return this.do(op, `Restored: ${this.context.label(item)}`)
  }

  /** @param {{ x: number, y: number }} at @returns {string | null} */
  addSection(at) {
    const id = crypto.randomUUID()
    const place = { x: round(at.x), y: round(at.y), ...SECTION }
    return this.do({ do: "add_section", id, title: "New section", ...place }, "Added a section") ? id : null
  }

  /** @param {Item} section @param {Partial<{ x: number, y: number, w: number, h: number, after: string | null }>} to @param {string} say */
  moveSection(section, to, say) {
    this.do({ do: "move_section", id: section.id, ...to }, say, {
      token: "after" in to ? undefined : `frame ${section.id}`,
    })
  }

  /** @param {Item} section @param {boolean} locked */
  setLocked(section, locked) {
    const title = this.context.label(section)
    const say = locked
      ? `Locked ${title}: only those who set up the board can change it`
      : `Unlocked ${title}`
    this.do({ do: "lock_section", id: section.id, locked }, say, { offer: true })
  }

  /** @param {string} start @param {string} end @param {string} means */
  addLink(start, end, means) {
    const word = this.context.meanings.find((meaning) => meaning.tag === means)?.word ?? means
    const id = crypto.randomUUID()
    const say = `Linked: ${word.toLowerCase()} ${this.context.label(this.context.get(end))}`
    return this.do({ do: "add_link", id, start, end, means }, say, { offer: true }) ? id : null
  }

  /** @param {Item} link @param {string} means */
  setMeaning(link, means) {
    this.do({ do: "edit_link", id: link.id, means }, "Changed what a link says")
  }

  /** @param {import("./schema.js").AnyOp} comment an add_comment */
  addComment(comment) {
    return this.do(asOp(comment), "Added a comment")
  }

  /** A free place for a card in a section, or outside all; not on one's own drafts either. @param {string | null} section */
  freePlace(section) {
    return freePlace(this.context.sync.view, section, true)
  }

  /** What is said of a card that changes its section. @param {Item} card @param {string | null} section @param {number} [turn] the last, unless it is given */
  movedTo(card, section, turn) {
    const title = this.context.get(section)?.fields.title ?? "outside the sections"
    const many = this.context.items.cards(section).filter((other) => other.id !== card.id).length + 1
    return `Moved ${this.context.label(card)} to ${title}, ${turn ?? many} of ${many}`
  }

  /** @param {string} say */
  #untilOnline(say) {
    return this.context.sync.live ? say : `${say}. This is stored here, and is done when you are online again`
  }
}

const LOCKED = "This is locked. Those who set up the board can change it."

/** An op put together out of parts, as far as its type can be known. @param {Record<string, unknown>} parts @returns {Op} */
function asOp(parts) {
  return /** @type {any} */ (parts)
}

/** What a field is called in a sentence. @param {string} field */
function nameOf(field) {
  return field === "text" ? "the words" : field.startsWith("axis_") ? "a label" : `the ${field}`
}

/** @param {string[]} texts */
function offerCopy(texts) {
  return { word: "Copy the words", act: () => navigator.clipboard?.writeText(texts.join("\n")) }
}
