// What the parts of the canvas page share: the board, the people, what is selected.

import { asAnswers, runningStage } from "app/board/sync/answers.js"
import { Emitter } from "app/board/sync/events.js"
import { isLockedFor, mayChangeSection } from "app/board/sync/locks.js"
import { Unsaved } from "app/board/sync/unsaved.js"
import { OpenBoxes } from "app/board/text/open_boxes.js"
import { shorten } from "app/lib/words.js"
import { ItemIndex } from "./item_index.js"
import { CARD_KINDS, LINK_MEANINGS } from "./schema.js"

/** @typedef {import("app/board/schema.js").Item} Item */
/** @typedef {import("app/board/schema.js").Here & { id: string, at: number }} Here `at` is when it came, in ms */
/** @typedef {{ id: string, space: string, me: string, archived: boolean }} About */

export class BoardContext extends Emitter {
  /** The items that are selected: none, one or several. @type {ReadonlySet<string>} */
  selection = new Set()
  /** Whether a press on a card adds it to the selection, or takes it away. */
  several = false
  /** The item that the panel shows, whatever is selected. @type {string | null} */
  opened = null
  /** The card that a link starts from, while its other end is being chosen; empty before the first is chosen. @type {string | null} */
  linking = null
  /** The card that is being edited in place; its own element is hidden meanwhile. @type {string | null} */
  writing = null
  /** Where people are now, by their id. @type {Map<string, Here>} */
  here = new Map()
  /** Cards that somebody looks for, where they are few: drawn even far away. @type {Set<string>} */
  found = new Set()
  /** Of items whose words were just joined with somebody's: what is said of it, by their id. @type {Map<string, string>} */
  joined = new Map()
  /** The kind of card that a double click adds: the one used last. */
  lastKind = "note"
  /** Whether new cards are drafts. */
  drafting = false
  kinds = CARD_KINDS
  meanings = LINK_MEANINGS

  /**
   * @param {About} about
   * @param {import("app/board/sync/sync.js").Sync} sync
   * @param {import("app/board/shell/people.js").People} people
   * @param {import("app/board/shell/announcer.js").Announcer} announcer
   */
  constructor(about, sync, people, announcer) {
    super()
    this.about = about
    this.sync = sync
    this.outbox = sync.outbox
    this.people = people
    this.announcer = announcer
    this.items = new ItemIndex(sync.view)
    this.unsaved = new Unsaved(() => this.outbox.store)
    this.boxes = new OpenBoxes(this)
  }

  /** @param {string | null | undefined} id @returns {Item | undefined} */
  get(id) {
    return this.sync.view.get(id ?? "")
  }

  /** The one item that is selected; null with none, and with several. @returns {string | null} */
  get selected() {
    const [id = null] = this.selection.size === 1 ? this.selection : []
    return id
  }

  /** Whether several items are selected, or may become so press by press. */
  get isSeveral() {
    return this.several || this.selection.size > 1
  }

  /** The selected cards, in the order of the outline. */
  get selectedCards() {
    return this.items.inOrder().filter(({ id }) => this.isSelected(id))
  }

  get selectedItem() {
    return this.get(this.selected)
  }

  /** The phase that the workshop on this board is in, if one runs. */
  get phase() {
    return this.get(runningStage(this.sync.view.values())?.fields.now)
  }

  /** While a workshop runs, new cards answer its phase. @template T @param {T} op an op, or a batch of some @returns {T} */
  answer(op) {
    const { phase } = this
    return phase ? /** @type {any} */ (asAnswers(/** @type {any} */ (op), phase)) : op
  }

  /** Whether the person may do this op here, by its tag. @param {string} act */
  may(act) {
    return this.sync.you ? this.sync.you.may.includes(act) : !this.about.archived
  }

  /** Whether the person may do this op to its item: sections may be locked. @param {{ do: string, id: string }} op */
  mayDo(op) {
    const may = (/** @type {string} */ act) => this.may(act)
    return this.may(op.do) && !isLockedFor(may, op, this.get(op.id))
  }

  /** Whether the person may move, resize, rename or remove this section. @param {Item | undefined} section */
  mayChangeSection(section) {
    return mayChangeSection((act) => this.may(act), section)
  }

  /** Whether somebody else has this card or section open; for a comment, its card. @param {string} id */
  isShared(id) {
    const shown = this.get(id)?.fields.card ?? id
    return [...this.here.values()].some((person) => person.on === shown && person.id !== this.about.me)
  }

  /** @param {string} id */
  isSelected(id) {
    return this.selection.has(id)
  }

  /** Selects one item, or none. @param {string | null} id */
  select(id) {
    this.selectAll(id === null ? [] : [id])
  }

  /** Selects these items and no others. @param {Iterable<string>} ids */
  selectAll(ids) {
    const selection = new Set(ids)
    if (selection.size === this.selection.size && [...selection].every((id) => this.isSelected(id))) return
    this.selection = selection
    this.emit("selected", this.selected)
  }

  /** Adds a card to those that are selected, or takes it away; what is no card is selected no more. @param {string} id */
  toggle(id) {
    const cards = this.selectedCards.map((card) => card.id)
    this.selectAll(this.isSelected(id) ? cards.filter((each) => each !== id) : [...cards, id])
  }

  /** @param {boolean} several */
  setSeveral(several) {
    this.several = several
    this.emit("several", several)
  }

  /** @param {string | null} id */
  linkFrom(id) {
    this.linking = id
    this.emit("linking", id)
  }

  /** @param {string} tag */
  kindWord(tag) {
    return this.kinds.find((kind) => kind.tag === tag)?.word ?? "Card"
  }

  /** What an item is called in a sentence. @param {Item | undefined} item */
  label(item) {
    return shorten(item?.fields.text ?? item?.fields.title ?? "", 40) || "it"
  }
}
