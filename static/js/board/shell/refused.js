// "Not saved, n items": the text of refused ops is stored on this device until the person copies, resends or drops it.

import { h } from "app/lib/dom.js"
import { plural } from "app/lib/words.js"
import { dialog } from "./dialog.js"

/** @typedef {import("app/board/context.js").BoardContext} BoardContext */
/** @typedef {import("app/board/sync/device_store.js").Draft} Draft */

/** @param {BoardContext} context */
export async function refusals(context) {
  const { outbox } = context
  /** @type {Draft[]} */
  let drafts = (await outbox.store?.drafts()) ?? []
  outbox.on("refused", async ({ op, ack, words }) => {
    if (words === null) return context.announcer.warn(ack.say ?? "That was not done.")
    const draft = { id: crypto.randomUUID(), words, say: ack.say ?? "", op, at: Date.now() }
    const within = drafts.filter((each) => contains(draft, each))
    drafts = [...drafts.filter((each) => !within.includes(each)), draft]
    await outbox.store?.keepDraft(draft)
    for (const each of within) await outbox.store?.dropDraft(each.id)
    context.announcer.warn(`Not saved: ${ack.say ?? ""} Your words are still here.`, {
      word: "Show",
      act: show,
    })
    return context.emit("refusals", drafts.length)
  })
  context.emit("refusals", drafts.length)
  return { show, count: () => drafts.length }

  function show() {
    if (!drafts.length) return
    const list = h("ul", {}, ...drafts.map((draft) => row(draft)))
    const open = dialog(
      `Not saved, ${plural(drafts.length, "item")}`,
      h("p", { text: "These words are only on this device." }),
      list,
    )
    list.addEventListener("emptied", () => open.close())
  }

  /** Whether the later text for an item begins with the earlier one, and so contains it. @param {Draft} later @param {Draft} earlier */
  function contains(later, earlier) {
    const same = later.op.do === earlier.op.do && later.op.id === earlier.op.id
    return same && later.words.startsWith(earlier.words)
  }

  /** @param {Draft} draft */
  function row(draft) {
    const copied = h("span", { role: "status" })
    const copy = async () => {
      await navigator.clipboard.writeText(draft.words)
      copied.textContent = "Copied"
    }
    const again = () => {
      outbox.add([{ op: retry(draft) }], "Tried again")
      drop(draft, element)
    }
    const actions = [
      h("button", { type: "button", text: "Copy", onclick: copy }),
      h("button", { type: "button", text: "Try again", onclick: again }),
      h("button", { type: "button", text: "Discard", onclick: () => drop(draft, element) }),
    ]
    const element = h(
      "li",
      {},
      h("p", { text: draft.say }),
      h("p", { class: "words", dir: "auto", text: draft.words }),
      h("div", { class: "acts" }, ...actions, copied),
    )
    return element
  }

  /** Text for a card that is gone becomes a new card; anything else is sent again as it was. @param {Draft} draft */
  function retry({ op, words }) {
    const gone = op.do.startsWith("edit_") && !context.get(op.id)
    if (gone && op.do === "edit_card")
      return { do: "add_card", id: crypto.randomUUID(), kind: "note", text: words, x: 0, y: 0 }
    return op.do.startsWith("add_") ? { ...op, id: crypto.randomUUID() } : op
  }

  /** @param {Draft} draft @param {HTMLElement} element */
  async function drop(draft, element) {
    drafts = drafts.filter((each) => each !== draft)
    await outbox.store?.dropDraft(draft.id)
    const list = element.parentElement
    const next = element.nextElementSibling ?? element.previousElementSibling
    element.remove()
    if (next) next.querySelector("button")?.focus()
    else list?.dispatchEvent(new Event("emptied"))
    context.emit("refusals", drafts.length)
  }
}
