// "Not saved, n items": words that could not be saved, to be copied, sent again or discarded.

import { freePlace } from "app/board/sync/places.js"
import { wordsOf } from "app/board/sync/queue.js"
import { ENDED, obstacle } from "app/board/text/obstacle.js"
import { retry } from "app/board/text/retry.js"
import { copyButton } from "app/lib/copy_button.js"
import { h } from "app/lib/dom.js"
import { plural, shorten } from "app/lib/words.js"
import { dialog } from "./dialog.js"

/** @typedef {import("app/board/context.js").BoardContext} BoardContext */
/** @typedef {import("app/board/device/device_store.js").Draft} Draft */

/** @param {BoardContext} context */
export async function refusals(context) {
  const { announcer, outbox, unsaved } = context
  outbox.on("refused", ({ op, from, ack, words }) => {
    if (words === null) return announcer.warn(ack.say ?? "That was not done.")
    return unsaved.keep({ id: crypto.randomUUID(), words, say: ack.say ?? "", op, from, at: Date.now() })
  })
  outbox.on("answered", ({ ack }) => {
    const names = Object.values(ack.left_out ?? {})
    if (names.length) announcer.warn(leftOut(names))
  })
  unsaved.on("kept", (/** @type {Draft} */ { say }) =>
    announcer.warn(`Not saved: ${say} Your words are still here.`, { word: "Show", act: show }),
  )
  for (const [emitter, news] of /** @type {const} */ ([
    [unsaved, "changed"],
    [outbox, "changed"],
    [context.sync, "ended"],
  ]))
    emitter.on(news, () => context.emit("refusals", count()))
  await unsaved.load()
  return { show, count }

  function count() {
    return unsaved.list.length + queued().length
  }

  /** Words that wait to be sent, where this page will send nothing any more. */
  function queued() {
    return context.sync.ended ? outbox.ops().flatMap((op) => wordsOf(op) ?? []) : []
  }

  function show() {
    if (!count()) return
    const list = h("ul", {}, ...unsaved.list.map((draft) => row(draft)), ...queued().map(queuedRow))
    const open = dialog(
      `Not saved, ${plural(count(), "item")}`,
      h("p", { text: "These words are only on this device." }),
      list,
    )
    list.addEventListener("emptied", () => open.close())
  }

  /** @param {Draft} draft */
  function row(draft) {
    const reason = h("p", { text: draft.say })
    const again = () => {
      const request = retry(
        draft,
        (id) => context.get(id),
        () => freePlace(context.sync.view, null, true),
      )
      const why = obstacle(context, request.op)
      if (why) {
        reason.textContent = why
        return announcer.speak(why)
      }
      outbox.add([request], "Tried again")
      return drop(draft, element)
    }
    const actions = [
      copyButton(() => draft.words),
      h("button", { type: "button", text: "Try again", onclick: again }),
      h("button", { type: "button", text: "Discard", onclick: () => drop(draft, element) }),
    ]
    const words = h("p", { class: "words", dir: "auto", text: draft.words })
    const element = h("li", {}, reason, words, h("div", { class: "acts" }, ...actions))
    return element
  }

  /** @param {string} words */
  function queuedRow(words) {
    const why = `${ENDED[context.sync.ended ?? ""] ?? "Not connected"}.`
    const copy = h(
      "div",
      { class: "acts" },
      copyButton(() => words),
    )
    return h("li", {}, h("p", { text: why }), h("p", { class: "words", text: words }), copy)
  }

  /** @param {Draft} draft @param {HTMLElement} element */
  function drop(draft, element) {
    unsaved.drop(draft.id)
    const list = element.parentElement
    const next = element.nextElementSibling ?? element.previousElementSibling
    element.remove()
    if (next) next.querySelector("button")?.focus()
    else list?.dispatchEvent(new Event("emptied"))
  }
}

/** What a batch was done without. @param {string[]} names the first words of each, "" where they may not be told */
function leftOut(names) {
  const known = names.filter(Boolean).map((name) => `“${shorten(name, 40)}”`)
  const rest = names.length - Math.min(known.length, 3)
  const listed = [...known.slice(0, 3), ...(rest ? [plural(rest, known.length ? "other" : "item")] : [])]
  return `Done, except for what others have removed or made again meanwhile: ${listed.join(", ")}.`
}
