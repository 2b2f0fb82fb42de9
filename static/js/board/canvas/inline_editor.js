// Writing on the canvas: edits a card's words in place, or adds a card with its first words. On a phone, in a sheet.

import { Field } from "app/board/text/field.js"
import { strandedNote } from "app/board/text/stranded.js"
import { h, setText } from "app/lib/dom.js"
import { isSmallScreen } from "app/lib/small_screen.js"
import { readersWords } from "../readers_words.js"
import { changeThere, recordOf } from "./draw_live_status.js"
import { focusOn } from "./focus_on.js"
import { growWithWords } from "./growing_box.js"
import { newBox } from "./new_places.js"

/** @typedef {import("app/board/context.js").BoardContext} BoardContext */
/** @typedef {import("app/board/commands.js").Commands} Commands */
/** @typedef {import("./renderer.js").Renderer} Renderer */
/** @typedef {{ id: string, kind: string, text: string, section: string | null, x: number, y: number }} NewCard */

let sittings = 0

export class InlineEditor {
  /** @type {HTMLElement | null} */
  #element = null
  /** @type {Field | null} */
  #field = null
  #joined = h("p", { class: "joined", role: "note" })
  /** @type {import("app/board/text/open_boxes.js").Box | null} */
  #box = null
  /** Where the box lies on the board. @type {{ x: number, y: number } | null} */
  #corner = null
  /** @type {string | null} */
  id = null

  /**
   * @param {BoardContext} context
   * @param {Commands} commands
   * @param {Renderer} renderer
   */
  constructor(context, commands, renderer) {
    this.context = context
    this.commands = commands
    this.renderer = renderer
    context.sync.on(
      "changed",
      (/** @type {Set<string>} */ ids) => this.id && ids.has(this.id) && this.#changed(),
    )
    context.on("drawn", () => this.#place())
    context.on("joined", () => this.#showJoined())
  }

  /** @param {string} id */
  edit(id) {
    const card = this.context.get(id)
    if (!card || !this.context.may("edit_card")) return
    const record = recordOf(card)
    if (record) return this.context.announcer.warn(changeThere(record))
    this.#open(id, card.fields.kind, "")
  }

  /** @param {Omit<NewCard, "id" | "text">} newCard */
  add(newCard) {
    if (!this.context.may("add_card"))
      return this.context.announcer.warn("You can read this board, but not change it.")
    const prompt = this.context.kinds.find((kind) => kind.tag === newCard.kind)?.prompt ?? ""
    this.#open(crypto.randomUUID(), newCard.kind, prompt, newCard)
  }

  /** @param {boolean} [focusBack] */
  close(focusBack = false) {
    const [element, box, id] = [this.#element, this.#box, this.id]
    if (!element || !box) return
    this.#element = this.#field = this.#box = this.#corner = this.id = null
    this.context.boxes.close(box)
    element.remove()
    this.context.writing = null
    this.renderer.redraw()
    if (!this.context.get(id)) return focusBack ? this.renderer.viewport.screen.focus() : undefined
    this.context.select(id)
    if (focusBack) focusOn(this.renderer, id)
  }

  /**
   * @param {string} id
   * @param {string} kind
   * @param {string} prompt
   * @param {Omit<NewCard, "id" | "text">} [newCard]
   */
  #open(id, kind, prompt, newCard) {
    this.close()
    this.id = id
    this.context.writing = newCard ? null : id
    this.newCard = newCard
    this.begun = false
    const token = `writing ${++sittings}`
    const word = this.context.kindWord(kind)
    const input = h("textarea", {
      "aria-label": `Words of the ${word.toLowerCase()}`,
      placeholder: prompt,
      maxlength: this.context.sync.limits.text,
      "aria-describedby": "writer-who",
    })
    const theirs = h("p", { class: "beside", role: "note" })
    const note = strandedNote()
    const face = h("div", { class: `kind-${kind}` }, h("p", { class: "card-kind", text: word }), input)
    const sheet = isSmallScreen()
    this.#element = h(
      "div",
      { class: sheet ? "writer sheet" : "writer" },
      sheet &&
        h("button", { type: "button", class: "primary", text: "Done", onclick: () => this.close(true) }),
      face,
      note,
      this.#joined,
      h("p", { class: "writing-too", role: "note" }),
      theirs,
      h("small", { id: "writer-who", text: readersWords(this.context, this.id, Boolean(this.newCard)) }),
    )
    const { world, viewport } = this.renderer
    if (sheet) viewport.screen.after(this.#element)
    else world.append(this.#element)
    this.#showJoined()
    this.#place()
    input.focus({ preventScroll: true })
    const field = new Field(input, {
      now: () => this.#now(id),
      send: (text, from) => this.context.boxes.send(box, () => this.#send(id, text, from, token)),
      isSending: () => this.context.outbox.isSending(id),
      isShared: () => this.context.isShared(id),
      takenBack: () => this.commands.forget(token),
      showOthers: (text) => showOthersText(theirs, text),
    })
    this.#field = field
    const box = this.#asBox(field, note, id)
    this.#box = box
    this.context.boxes.open(box)
    input.addEventListener("keydown", (event) => this.#key(event))
    this.#element.addEventListener("focusout", (event) => this.#left(event))
    growWithWords(input, this.renderer.viewport)
    input.setSelectionRange(input.value.length, input.value.length)
    this.renderer.redraw()
    this.#reveal()
  }

  #reveal() {
    if (!this.#element || this.#isSheet) return
    const { left, top, width, height } = this.#element.getBoundingClientRect()
    const { viewport } = this.renderer
    viewport.reveal({
      ...viewport.point({ clientX: left, clientY: top }),
      w: width / viewport.k,
      h: height / viewport.k,
    })
  }

  /** @param {string} id */
  #now(id) {
    const card = this.context.get(id)
    return card ? { text: card.fields.text, seq: card.seq } : null
  }

  /**
   * @param {string} id
   * @param {string} text
   * @param {{ text: string, seq: number }} from
   * @param {string} token
   */
  #send(id, text, from, token) {
    const isNew = this.newCard && !this.begun
    if (!isNew) return this.commands.setText({ id, item: "card" }, "text", text, from, token)
    this.begun = this.commands.addCard(
      { id, text, .../** @type {Omit<NewCard, "id" | "text">} */ (this.newCard) },
      token,
    )
    return this.begun
  }

  #showJoined() {
    setText(this.#joined, this.context.joined.get(this.id ?? "") ?? "")
  }

  /**
   * The box as far as it concerns where its words go.
   * @param {Field} field
   * @param {HTMLElement} note
   * @param {string} id
   */
  #asBox(field, note, id) {
    const draft = this.context.drafting ? { draft: true } : {}
    return {
      input: field.input,
      note,
      unsent: () => field.unsent,
      from: () => ({ base: field.writing.base, read: { text: field.writing.read } }),
      flush: () => field.flush(),
      op: (/** @type {string} */ text) =>
        this.newCard && !this.begun
          ? this.context.answer({ do: "add_card", id, text, ...this.newCard, ...draft })
          : { do: "edit_card", id, text },
    }
  }

  /** The focus has left the box, unless it went to a button in it. @param {FocusEvent} event */
  #left(event) {
    const to = event.relatedTarget
    if (!(to instanceof Node && this.#element?.contains(to))) this.close()
  }

  #changed() {
    this.#field?.refresh()
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    event.stopPropagation()
    if (event.isComposing) return
    if (event.key === "Escape" || (event.key === "Enter" && (event.ctrlKey || event.metaKey))) {
      event.preventDefault()
      this.close(true)
    }
  }

  get #isSheet() {
    return Boolean(this.#element?.matches(".sheet"))
  }

  /** Where others move the card, as by a longer one before it, the board goes the other way: the caret stays where it is on the screen. */
  #place() {
    if (!this.#element || this.#isSheet) return
    const box = this.renderer.box(this.id) ?? (this.newCard && newBox(this.renderer.layout, this.newCard))
    if (!box) return
    const [was, { viewport }] = [this.#corner ?? box, this.renderer]
    this.#corner = { x: box.x, y: box.y }
    if (was.x !== box.x || was.y !== box.y)
      viewport.pan((was.x - box.x) * viewport.k, (was.y - box.y) * viewport.k)
    this.#element.style.transform = `translate(${box.x}px, ${box.y}px)`
    this.#element.style.width = `${box.w}px`
  }
}

/** @param {HTMLElement} element @param {string | null} text */
export function showOthersText(element, text) {
  element.replaceChildren()
  if (text !== null) element.append(h("b", { text: "Others have changed this since you started:" }), text)
}
